package convenant_test

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const (
	municipality party.OIN = "00000099000000010000"
	police       party.OIN = "00000099000000020000"
	school       party.OIN = "00000099000000030000"
)

var today = time.Now().UTC().Truncate(time.Second)

// signers gives a CA's anchors and a signing identity for each of the three parties.
func signers(t testing.TB) (*party.Anchors, map[party.OIN]pki.Identity) {
	t.Helper()
	ca, err := pki.NewCA("proef")
	if err != nil {
		t.Fatal(err)
	}
	identities := map[party.OIN]pki.Identity{}
	for _, oin := range []party.OIN{municipality, police, school} {
		id, err := ca.IssueCardSigner(oin, "Partij")
		if err != nil {
			t.Fatal(err)
		}
		identities[oin] = id
	}
	return party.NewAnchors([]*x509.Certificate{ca.Root}), identities
}

func cardKey(id pki.Identity) digest.SHA256 {
	return digest.Of(id.Chain[0].RawSubjectPublicKeyInfo)
}

// pinned gives the small convenant with the identities' keys, valid now.
func pinned(t testing.TB, identities map[party.OIN]pki.Identity, change ...string) *convenant.Convenant {
	t.Helper()
	keys := map[party.OIN]digest.SHA256{}
	for oin, id := range identities {
		keys[oin] = cardKey(id)
	}
	text := strings.NewReplacer(append(change, "2028-12-31", today.AddDate(1, 0, 0).Format(time.DateOnly))...).Replace(small)
	out, err := convenant.WithCardKeys([]byte(text), keys)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(out))
}

func TestSignatureRoundTrip(t *testing.T) {
	anchors, ids := signers(t)
	c := pinned(t, ids)
	compact, err := convenant.Sign(c, convenant.Agreed, today, ids[school].Key, ids[school].Chain)
	if err != nil {
		t.Fatal(err)
	}
	s, err := convenant.VerifySignature(compact, anchors, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if s.Party != school || s.Digest != c.Digest() || s.Verdict != convenant.Agreed || !s.Time.Equal(today) || s.CardKey != cardKey(ids[school]) || s.Compact != compact {
		t.Errorf("%+v", s)
	}
	if _, err := convenant.Sign(c, "misschien", today, ids[school].Key, ids[school].Chain); err == nil {
		t.Error("signed a verdict that does not exist")
	}
}

func TestVerifySignatureRefuses(t *testing.T) {
	anchors, ids := signers(t)
	c := pinned(t, ids)
	good := map[string]any{"convenant": c.ID, "versie": 1, "digest": c.Digest().String(), "besluit": "akkoord", "tijd": "2026-11-21T10:00:00+01:00"}
	id := ids[school]
	if _, err := convenant.VerifySignature(certified(t, jose.ConvenantSigned, id, good, "", nil), anchors, time.Now()); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for name, change := range map[string]struct {
		key   string
		value any
	}{
		"id":          {"convenant", "Hoofdletters"},
		"version":     {"versie", 0},
		"digest":      {"digest", "sha-256=:abc=:"},
		"verdict":     {"besluit", "misschien"},
		"time":        {"tijd", "gisteren"},
		"null":        {"tijd", nil},
		"unknown key": {"zomaar", 1},
	} {
		_, err := convenant.VerifySignature(certified(t, jose.ConvenantSigned, id, good, change.key, change.value), anchors, time.Now())
		var list fault.List
		if !errors.As(err, &list) || len(list) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	strangers, _ := signers(t)
	if _, err := convenant.VerifySignature(certified(t, jose.ConvenantSigned, id, good, "", nil), strangers, time.Now()); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("a chain to another anchor: %v", err)
	}
	if _, err := convenant.VerifySignature(certified(t, jose.WpgDecision, id, good, "", nil), anchors, time.Now()); err == nil {
		t.Error("another typ was accepted")
	}
	swapped := pki.Identity{Key: ids[police].Key, Chain: id.Chain}
	if compact, err := jose.SignCertified(jose.ConvenantSigned, swapped.Key, swapped.Chain, []byte("{}")); err == nil {
		if _, err := convenant.VerifySignature(compact, anchors, time.Now()); err == nil {
			t.Error("a signature by another key than the certificate's was accepted")
		}
	}
}

// certified signs the payload with one key changed.
func certified(t testing.TB, typ jose.Typ, id pki.Identity, good map[string]any, key string, value any) string {
	t.Helper()
	payload := map[string]any{}
	for k, v := range good {
		payload[k] = v
	}
	if key != "" {
		payload[key] = value
	}
	data, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return sign(t, typ, id.Key, id.Chain, data)
}

func sign(t testing.TB, typ jose.Typ, key *ecdsa.PrivateKey, chain []*x509.Certificate, payload []byte) string {
	t.Helper()
	compact, err := jose.SignCertified(typ, key, chain, payload)
	if err != nil {
		t.Fatal(err)
	}
	return compact
}

// decision is a Wpg decision that is right.
func decision() convenant.WpgDecision {
	return convenant.WpgDecision{
		Number: "WPG20-2026-014", Basis: "wpg-20", Alliance: "School & Veiligheid", Interest: "een veilige school",
		Purposes: []vocabulary.Purpose{"veilige-school"}, Categories: []vocabulary.Category{"signaal"}, Recipients: []party.OIN{school},
		Conditions: "Alleen gerichte vragen.", Authority: "officier van justitie, 12 januari 2026", Valid: party.Validity{From: "2026-01-01", Until: "2026-12-31"},
	}
}
