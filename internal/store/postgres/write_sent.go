package postgres

import (
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// senderKey is who sends what: of that, messages are counted.
type senderKey struct {
	party  party.OIN
	person string
	kind   vocabulary.Kind
}

func (p *pending) noteSent(m relay.Stored) {
	if p.sent == nil {
		p.sent = map[senderKey]bool{}
	}
	p.sent[senderKey{m.SenderOIN, m.SenderID, m.Kind}] = true
}

// sameSent conflicts when something was accepted since it was counted: the decision was made on that number.
func (t *transaction) sameSent(c relay.SentCount) {
	if t.pending.sent[senderKey{c.Party, c.Person, c.Kind}] {
		t.flush()
	}
	t.writes++
	t.batch.Queue(`SELECT sluis.expect((`+selectSent+`) = $5, $6)`, append(sentArgs(c.SentQuery), c.Count, notAsExpected)...)
}
