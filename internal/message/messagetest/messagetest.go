// Package messagetest gives tests of other packages a valid envelope, a key to sign it with and a confirmation of it, so that each
// test changes only what it is about. It promises that what it gives passes [message.SignEnvelope] and [message.SignConfirmation]
// as it stands; nothing that ships may import it.
package messagetest

import (
	"crypto/ecdsa"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The parties of [Envelope]: a school and the police, as in the example convenant.
const (
	School party.OIN = "00000099000000030000"
	Police party.OIN = "00000099000000020000"
)

// Key makes a signing key.
func Key(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := jose.GenerateKey()
	if err != nil {
		t.Fatalf("making a signing key: %v", err)
	}
	return key
}

// Envelope gives a signaal of a school to the police, of this moment, in a case of its own. Its lading is the digest of nothing that
// exists: a test that sends a payload sets it.
func Envelope(t testing.TB) message.Envelope {
	t.Helper()
	phase := 2
	id := message.NewID()
	key := message.NewSearchKey()
	tag, err := key.TagName(id, "Noor de Wit", "2009-02-03")
	if err != nil {
		t.Fatalf("making a tag: %v", err)
	}
	return message.Envelope{
		ID:        id,
		Kind:      "signaal",
		Time:      message.NewTime(time.Now()),
		Case:      message.NewID(),
		Convenant: message.ConvenantRef{ID: "denbosch-school-en-veiligheid", Version: 1},
		Purpose:   "veilige-school",
		Basis:     "avg-6-1-e",
		Sender:    message.Sender{Party: School, Participant: "vc-1", Function: "veiligheidscoordinator"},
		Recipients: []message.Recipient{{
			Party: Police, Function: "wijkagent", Participants: []message.Addressee{{ID: "wa-7", Card: 4}},
		}},
		Subjects:   []string{tag},
		Categories: []vocabulary.Category{"identiteit", "incident", "signaal"},
		Phase:      &phase,
		Urgency:    vocabulary.Regular,
		Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true},
		Payload:    message.Content{Digest: digest.Of([]byte(id)), Length: 5755},
	}
}

// Signed signs an envelope.
func Signed(t testing.TB, e message.Envelope, key *ecdsa.PrivateKey) message.VerifiedEnvelope {
	t.Helper()
	v, err := message.SignEnvelope(e, key)
	if err != nil {
		t.Fatalf("signing an envelope: %v", err)
	}
	return v
}

// Confirmation gives an `ontvangen` of this moment for an envelope.
func Confirmation(v message.VerifiedEnvelope) message.Confirmation {
	return message.Confirmation{
		Message:  v.Envelope().ID,
		Envelope: v.Digest(),
		Kind:     message.Received,
		Conform:  true,
		Time:     message.NewTime(time.Now()),
	}
}
