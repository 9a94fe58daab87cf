package party_test

import (
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const (
	school = party.OIN("00000099000000030000")
	police = party.OIN("00000099000000020000")
)

// world is what the tests of this package need: a CA, the certificate of a school, its beheerder.
type world struct {
	t       testing.TB
	ca      *pki.CA
	anchors *party.Anchors
	admin   *ecdsa.PrivateKey
	signers map[party.OIN]pki.Identity
	hybrid  string
}

func newWorld(t testing.TB) *world {
	t.Helper()
	ca, err := pki.NewCA("test")
	check(t, err)
	identity, err := age.GenerateHybridIdentity()
	check(t, err)
	w := &world{
		t: t, ca: ca, admin: newKey(t), hybrid: identity.Recipient().String(),
		anchors: party.NewAnchors([]*x509.Certificate{ca.Root}),
		signers: map[party.OIN]pki.Identity{},
	}
	for _, oin := range []party.OIN{school, police} {
		w.signers[oin], err = ca.IssueCardSigner(oin, "Voorbeeld")
		check(t, err)
	}
	return w
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := jose.GenerateKey()
	check(t, err)
	return key
}

func ptr[T any](v T) *T { return &v }

// card is a good card of the school or the police; change makes another of it.
func (w *world) card(oin party.OIN, version int, change ...func(*party.Card)) party.Card {
	c := party.Card{
		OIN: oin, Name: "Voorbeeldcollege", Role: "school", SchoolType: ptr(vocabulary.SchoolType("vo")), Version: version,
		Valid:  party.Validity{From: "2026-01-01", Until: "2026-12-31"},
		Admins: []party.Admin{{ID: "beheerder-1", Key: &w.admin.PublicKey}},
	}
	if oin == police {
		c.Name, c.Role, c.SchoolType = "Politie", "politie", nil
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

func (w *world) verified(c party.Card) party.VerifiedCard {
	w.t.Helper()
	id := w.signers[c.OIN]
	compact, err := party.SignCard(c, id.Key, id.Chain)
	check(w.t, err)
	v, err := w.anchors.VerifyParty(compact, time.Now())
	check(w.t, err)
	return v
}

func (w *world) participant(oin party.OIN, id string, version int, change ...func(*party.Participant)) party.Participant {
	p := party.Participant{
		OIN: oin, ID: id, Version: version, Name: "V. Voorbeeld", Functions: []vocabulary.Function{"veiligheidscoordinator"},
		Key: &newKey(w.t).PublicKey, Age: []string{w.hybrid}, Valid: party.Validity{From: "2026-01-01", Until: "2026-12-31"},
	}
	if oin == police {
		p.Functions = []vocabulary.Function{"wijkagent"}
	}
	for _, f := range change {
		f(&p)
	}
	return p
}

func (w *world) verifiedParticipant(p party.Participant, of party.VerifiedCard) party.VerifiedParticipant {
	w.t.Helper()
	compact, err := party.SignParticipant(p, w.admin)
	check(w.t, err)
	v, err := party.VerifyParticipant(compact, of)
	check(w.t, err)
	return v
}

// certified signs any payload as a partijkaart, as a party with a certificate can.
func (w *world) certified(oin party.OIN, payload string) string {
	w.t.Helper()
	id := w.signers[oin]
	compact, err := jose.SignCertified(jose.PartyCard, id.Key, id.Chain, []byte(payload))
	check(w.t, err)
	return compact
}

func jwk(t testing.TB, key *ecdsa.PublicKey) string {
	t.Helper()
	data, err := jose.MarshalPublicJWK(key)
	check(t, err)
	return string(data)
}

// cardJSON is the payload of a good partijkaart, to bend.
func (w *world) cardJSON() string {
	return fmt.Sprintf(`{"oin":"%s","naam":"Voorbeeldcollege","rol":"school","soortOnderwijs":"vo","versie":1,`+
		`"geldig":{"van":"2026-01-01","tot":"2026-12-31"},"opvolger":null,"beheerders":[{"id":"b1","jwk":%s}],"meldpunt":null}`,
		school, jwk(w.t, &w.admin.PublicKey))
}

// participantJSON is the payload of a good deelnemerkaart, to bend.
func (w *world) participantJSON() string {
	return fmt.Sprintf(`{"oin":"%s","id":"vc-1","versie":1,"naam":"V. Voorbeeld","functies":["veiligheidscoordinator"],`+
		`"telefoon":null,"email":null,"jwk":%s,"age":["%s"],"oidc":null,"geldig":{"van":"2026-01-01","tot":"2026-12-31"},`+
		`"vervangtTot":null,"afwezigTot":null,"vervanger":null}`, school, jwk(w.t, &w.admin.PublicKey), w.hybrid)
}
