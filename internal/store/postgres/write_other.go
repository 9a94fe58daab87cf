package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

type reviewRows struct {
	message, party, cause []string
	opened, dueMS         []int64
}

func (t *transaction) openReview(w relay.ReviewWrite, first int64) {
	t.touch(w.Message, reviewing)
	rows := &t.pending.reviews
	rows.message, rows.party, rows.cause = append(rows.message, w.Message), append(rows.party, string(w.Party)), append(rows.cause, string(w.Cause))
	rows.opened, rows.dueMS = append(rows.opened, first+int64(w.RecordIndex)), append(rows.dueMS, w.Due.UnixMilli())
}

func (r *reviewRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	expect(b, len(r.message), notAsExpected, `
		INSERT INTO sluis.review (message, party, cause, opened, due_ms)
		SELECT m.nr, w.party, w.cause, w.opened, w.due_ms
		FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) AS w (id, party, cause, opened, due_ms)
			JOIN sluis.message m ON m.id = w.id
		RETURNING 1`,
		r.message, r.party, r.cause, r.opened, r.dueMS)
}

// keepRules keeps that rules come into force, and the rules themselves the first time.
func (t *transaction) keepRules(w replay.RulesWrite, first int64) {
	t.writes++
	t.flush()
	t.batch.Queue(`INSERT INTO sluis.policy (digest, content) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM sluis.policy WHERE digest = $1)`,
		w.Digest, w.Bundle)
	t.batch.Queue(`SELECT sluis.expect(content = $2, $3) FROM sluis.policy WHERE digest = $1`, w.Digest, w.Bundle, notAsExpected)
	t.batch.Queue(`INSERT INTO sluis.policy_use (nr, digest) VALUES ($1, $2)`, first+int64(w.RecordIndex), w.Digest)
}

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
