package client

import (
	"errors"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestSealedForTheNamedOnly: a sender and a gateway that work together could let somebody read along, or use a key type that the
// convenant does not allow. The recipient looks at the seal too.
func TestSealedForTheNamedOnly(t *testing.T) {
	c, _, _ := follower(t)
	p := c.profile
	own, err := age.ParseHybridRecipient(p.recipients[0])
	check(t, err)
	stranger, err := age.GenerateHybridIdentity()
	check(t, err)
	classic, err := age.GenerateX25519Identity()
	check(t, err)
	p.identities = append(p.identities, classic)
	e := message.Envelope{
		ID: message.NewID(), Case: message.NewID(), Kind: "signaal", Time: message.NewTime(time.Now()), Urgency: vocabulary.Regular,
		Convenant: message.ConvenantRef{ID: "convenant", Version: 1}, Purpose: "veilige-school", Basis: "avg-6-1-e",
		Sender:     message.Sender{Party: "00000099000000990000", Participant: "vc-1", Function: "veiligheidscoordinator"},
		Recipients: []message.Recipient{{Party: p.OIN, Function: "wijkagent", Participants: []message.Addressee{{ID: p.Participant, Card: 1}}}},
		Categories: []vocabulary.Category{"signaal"},
	}
	for name, test := range map[string]struct {
		keys   []age.Recipient
		x25519 bool
		good   bool
	}{
		"for the one named":                 {[]age.Recipient{own}, false, true},
		"X25519 that the convenant allows":  {[]age.Recipient{classic.Recipient()}, true, true},
		"X25519 that it does not allow":     {[]age.Recipient{classic.Recipient()}, false, false},
		"for one more than the one named":   {[]age.Recipient{own, stranger.Recipient()}, false, false},
		"more than named, where both count": {[]age.Recipient{own, own}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			sealed, err := p.seal(e, contents{body: []byte(`{"a":"b"}`), keys: test.keys})
			check(t, err)
			s := Stored{Envelope: sealed.envelope, x25519: test.x25519}
			var body []byte
			if err = sealedAsAgreed(s, sealed.lading); err == nil {
				body, err = c.unseal(s, sealed.lading, payloadPart)
			}
			if test.good {
				check(t, err)
				return
			}
			var no *Refusal
			if !errors.As(err, &no) || no.Code != PayloadFalse || body != nil {
				t.Errorf("want a refusal %s, got %v", PayloadFalse, err)
			}
		})
	}
}
