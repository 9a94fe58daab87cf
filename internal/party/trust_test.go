package party_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
)

func TestVerifyPartyGivesWhatWasSigned(t *testing.T) {
	w := newWorld(t)
	card := w.card(school, 3)
	v := w.verified(card)
	id := w.signers[school]
	if got := v.Card(); got.OIN != school || got.Version != 3 || got.Name != card.Name || *got.SchoolType != "vo" ||
		got.Valid != card.Valid || len(got.Admins) != 1 || !got.Admins[0].Key.Equal(&w.admin.PublicKey) {
		t.Errorf("got %+v", got)
	}
	if v.Digest() != digest.Of([]byte(v.Compact())) || v.CardKey() != digest.Of(id.Chain[0].RawSubjectPublicKeyInfo) {
		t.Error("digest or card key is of something else")
	}
	if write := v.Write(); write.OIN != school || write.ID != "" || write.Version != 3 || write.Digest != v.Digest().String() || write.Compact != v.Compact() {
		t.Errorf("write %+v", write)
	}
	if oin, err := party.PeekParty(v.Compact()); err != nil || oin != school {
		t.Errorf("peek: %q, %v", oin, err)
	}
}

// What a dishonest gateway, another party or an old certificate can make: all of it well formed, none of it to be trusted.
func TestVerifyPartyRefuses(t *testing.T) {
	w := newWorld(t)
	id := w.signers[school]
	good, err := party.SignCard(w.card(school, 1), id.Key, id.Chain)
	check(t, err)
	gateway, err := pki.NewCA("test") // a CA with the very same names
	check(t, err)
	fake, err := gateway.IssueCardSigner(school, "Voorbeeld")
	check(t, err)
	slipped, err := party.SignCard(w.card(school, 1), fake.Key, fake.Chain)
	check(t, err)
	ownRoot, err := party.SignCard(w.card(school, 1), fake.Key, append(fake.Chain[:2:2], gateway.Root))
	check(t, err)
	realIssuer, err := party.SignCard(w.card(school, 1), fake.Key, []*x509.Certificate{fake.Chain[0], id.Chain[1], w.ca.Root})
	check(t, err)
	withoutIssuer, err := party.SignCard(w.card(school, 1), id.Key, id.Chain[:1])
	check(t, err)
	dot := strings.LastIndex(good, ".")
	cases := map[string]string{
		"a certificate of another CA":             slipped,
		"with that CA's root in the chain":        ownRoot,
		"with the real issuer put beside it":      realIssuer,
		"without the issuing CA":                  withoutIssuer,
		"a card of another OIN":                   w.certified(police, w.cardJSON()),
		"the signature of another card":           good[:dot] + slipped[strings.LastIndex(slipped, "."):],
		"another payload under an old signature":  bend(good, w.cardJSON()),
		"no certificate of a party at all (leaf)": w.byIssuer(school),
	}
	for name, compact := range cases {
		if v, err := w.anchors.VerifyParty(compact, time.Now()); !errors.Is(err, party.ErrUntrusted) || v.Compact() != "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, at := range map[string]time.Time{"before": time.Now().AddDate(-1, 0, 0), "after": time.Now().AddDate(3, 0, 0)} {
		_, err := w.anchors.VerifyParty(good, at)
		if !errors.Is(err, party.ErrUntrusted) || !strings.Contains(err.Error(), "niet geldig") {
			t.Errorf("a year %s the certificate: %v", name, err)
		}
	}
	if _, err := party.NewAnchors(nil).VerifyParty(good, time.Now()); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("without anchors: %v", err)
	}
}

// bend gives another payload to a signed card.
func bend(compact, payload string) string {
	first, rest, _ := strings.Cut(compact, ".")
	_, last, _ := strings.Cut(rest, ".")
	return first + "." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + "." + last
}

// byIssuer signs a card with a certificate that the school made for itself.
func (w *world) byIssuer(oin party.OIN) string {
	key := newKey(w.t)
	cert := w.leaf(key, func(*x509.Certificate) {})
	compact, err := jose.SignCertified(jose.PartyCard, key, []*x509.Certificate{cert, w.signers[oin].Chain[0], w.ca.Issuing}, []byte(w.cardJSON()))
	check(w.t, err)
	return compact
}

// leaf makes a certificate signed by the school's own leaf, which is no CA.
func (w *world) leaf(key *ecdsa.PrivateKey, change func(*x509.Certificate)) *x509.Certificate {
	w.t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{SerialNumber: string(school)}, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	change(template)
	signer := w.signers[school]
	der, err := x509.CreateCertificate(rand.Reader, template, signer.Chain[0], &key.PublicKey, signer.Key)
	check(w.t, err)
	cert, err := x509.ParseCertificate(der)
	check(w.t, err)
	return cert
}

// Each certificate stands under the anchors: the school's own key is made an anchor, so that only the leaf's shape can fail.
func TestVerifyChainWantsASigningLeaf(t *testing.T) {
	w := newWorld(t)
	anchors := party.NewAnchors([]*x509.Certificate{w.selfAnchor()})
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	check(t, err)
	cases := map[string]struct {
		key    *ecdsa.PrivateKey
		change func(*x509.Certificate)
		good   bool
	}{
		"as it should be":        {newKey(t), func(*x509.Certificate) {}, true},
		"P-384":                  {p384, func(*x509.Certificate) {}, false},
		"only for key agreement": {newKey(t), func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyAgreement }, false},
		"without key usage":      {newKey(t), func(c *x509.Certificate) { c.KeyUsage = 0 }, false},
		"a CA":                   {newKey(t), func(c *x509.Certificate) { c.IsCA = true }, false},
		"without OIN":            {newKey(t), func(c *x509.Certificate) { c.Subject.SerialNumber = "" }, false},
		"an unknown critical extension": {newKey(t), func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: []int{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}}
		}, false},
	}
	for name, c := range cases {
		oin, err := anchors.VerifyChain([]*x509.Certificate{w.leaf(c.key, c.change)}, time.Now())
		if c.good && (err != nil || oin != school) {
			t.Errorf("%s: %q, %v", name, oin, err)
		}
		if !c.good && !errors.Is(err, party.ErrUntrusted) {
			t.Errorf("%s: %q, %v", name, oin, err)
		}
	}
	long := make([]*x509.Certificate, 5)
	for i := range long {
		long[i] = w.leaf(newKey(t), func(*x509.Certificate) {})
	}
	for name, chain := range map[string][]*x509.Certificate{"five certificates": long, "no certificate": nil} {
		if _, err := anchors.VerifyChain(chain, time.Now()); !errors.Is(err, party.ErrUntrusted) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// selfAnchor gives the school's key as a CA of its own, under the subject that its leaf has.
func (w *world) selfAnchor() *x509.Certificate {
	w.t.Helper()
	signer := w.signers[school]
	template := *signer.Chain[0]
	template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
	template.SubjectKeyId, template.AuthorityKeyId = nil, nil
	template.RawSubject = signer.Chain[0].RawSubject
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &signer.Key.PublicKey, signer.Key)
	check(w.t, err)
	cert, err := x509.ParseCertificate(der)
	check(w.t, err)
	return cert
}
