package relay_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestPerPartyHoldsBetweenWhoSigned: with `inwerking: per-partij` each recipient must have signed for itself; one who did not keeps
// the message from all of them, and who withdraws while a message is taken in, gets it no more.
func TestPerPartyHoldsBetweenWhoSigned(t *testing.T) {
	s := newSetting(t)
	yaml := bytes.Replace(s.ConvenantYAML(t), []byte("convenant: denbosch-school-en-veiligheid\nversie: 1\n"), []byte("convenant: een-ander\nversie: 1\ninwerking: per-partij\n"), 1)
	c, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, yaml)
	must(t, err)
	say := func(of string, verdict convenant.Verdict) {
		p := s.Parties[of]
		s.pass(time.Second) // a later word
		_, err := s.registry.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, verdict, s.now()))
		must(t, err)
	}
	say("school", convenant.Agreed)
	say("politie", convenant.Agreed)

	under := func(also ...string) *letter {
		return s.letter(t, func(l *letter) {
			l.envelope.Convenant = message.ConvenantRef{ID: "een-ander", Version: 1}
			for range also {
				l.envelope.Recipients = append(l.envelope.Recipients, message.Recipient{
					Party: s.Parties["halt"].OIN, Function: "medewerker", Participants: []message.Addressee{{ID: "hm-1", Card: 1}},
				})
			}
		})
	}
	s.send(t, under())
	both := under("halt")
	s.refusedFor(t, both, "convenant-niet-van-kracht")
	if _, err := s.store.Message(t.Context(), both.envelope.ID); !errors.Is(err, relay.ErrNotFound) {
		t.Errorf("one of two recipients signed, and the message was kept: %v", err)
	}

	late := under()
	s.log.before = func(change audit.Change) error { // decided, and not yet kept
		s.log.before = nil
		say("politie", convenant.Withdrawn)
		return nil
	}
	s.refusedFor(t, late, "convenant-niet-van-kracht")
}
