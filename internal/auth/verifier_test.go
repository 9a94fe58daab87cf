package auth_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

const audience = "https://sluis.test:8443"

// replay is the real store; it counts how often it is asked, and can be made to fail.
type replay struct {
	auth.ReplayStore
	asked int
	fail  error
}

func (r *replay) Seen(ctx context.Context, issuer, jti string, exp time.Time) (bool, error) {
	if r.asked++; r.fail != nil {
		return false, r.fail
	}
	return r.ReplayStore.Seen(ctx, issuer, jti, exp)
}

type setting struct {
	region *registrytest.Region
	school *registrytest.Party
	vc     *registrytest.Person
	cert   *x509.Certificate
	book   *party.Book
	// uncertified: the certificates under the party cards have expired.
	uncertified bool
	now         time.Time
	replay      *replay
	verifier    *auth.Verifier
}

func newSetting(t *testing.T) *setting {
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s := &setting{region: registrytest.New(t), now: time.Now().Truncate(time.Second), replay: &replay{ReplayStore: store}}
	s.school = s.region.Parties["school"]
	s.vc = s.school.Person("vc-1")
	s.cert = s.school.TLS.Chain[0]
	s.book = s.region.Book(t, s.now)
	s.verifier = auth.New(audience, func() auth.Directory { return s }, s.replay, func() time.Time { return s.now })
	return s
}

// Party and Holder make a directory of the setting, as the registry is one.
func (s *setting) Party(oin party.OIN, at time.Time) (party.VerifiedCard, bool, bool) {
	card, known := s.book.Party(oin)
	return card, known && !s.uncertified && card.Card().Valid.Contains(at), known
}

func (s *setting) Holder(kid string) (party.VerifiedParticipant, bool) { return s.book.ByKid(kid) }

func thumbprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (s *setting) claims() jose.TokenClaims {
	return jose.TokenClaims{
		Issuer: s.school.OIN.URN(), Subject: "vc-1", Audience: audience, IssuedAt: s.now, Expires: s.now.Add(4 * time.Minute),
	}
}

func issue(t *testing.T, c jose.TokenClaims, key *ecdsa.PrivateKey) string {
	t.Helper()
	token, err := jose.IssueToken(c, key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestCallerIsWhoTheTokenSays(t *testing.T) {
	s := newSetting(t)
	caller, err := s.verifier.Caller(t.Context(), issue(t, s.claims(), s.vc.Key), s.cert)
	if err != nil {
		t.Fatal(err)
	}
	if caller.OIN() != s.school.OIN || caller.ID() != "vc-1" || caller.Kid != jose.Thumbprint(&s.vc.Key.PublicKey) {
		t.Errorf("caller is %s of %s", caller.ID(), caller.OIN())
	}
}

func TestWhoeverElseCallsIsRefused(t *testing.T) {
	s := newSetting(t)
	police := s.region.Parties["politie"]
	for _, c := range []struct {
		name string
		code string
		make func(c *jose.TokenClaims, key **ecdsa.PrivateKey, cert **x509.Certificate)
	}{
		{"no certificate", auth.CodeNoCertificate, func(_ *jose.TokenClaims, _ **ecdsa.PrivateKey, cert **x509.Certificate) { *cert = nil }},
		{"certificate of nobody", auth.CodeBadCertificate, func(_ *jose.TokenClaims, _ **ecdsa.PrivateKey, cert **x509.Certificate) { *cert = s.region.CA.Issuing }},
		{"certificate of another party", auth.CodeBadToken, func(_ *jose.TokenClaims, _ **ecdsa.PrivateKey, cert **x509.Certificate) { *cert = police.TLS.Chain[0] }},
		{"bound to another certificate", auth.CodeBadCertificate, func(c *jose.TokenClaims, _ **ecdsa.PrivateKey, _ **x509.Certificate) {
			c.CertThumbprint = thumbprint(police.TLS.Chain[0])
		}},
		{"other issuer", auth.CodeBadToken, func(c *jose.TokenClaims, _ **ecdsa.PrivateKey, _ **x509.Certificate) { c.Issuer = police.OIN.URN() }},
		{"other audience", auth.CodeBadToken, func(c *jose.TokenClaims, _ **ecdsa.PrivateKey, _ **x509.Certificate) {
			c.Audience = "https://elders.test"
		}},
		{"from the future", auth.CodeBadToken, func(c *jose.TokenClaims, _ **ecdsa.PrivateKey, _ **x509.Certificate) {
			c.IssuedAt, c.Expires = s.now.Add(61*time.Second), s.now.Add(2*time.Minute)
		}},
		{"expired", auth.CodeExpired, func(c *jose.TokenClaims, _ **ecdsa.PrivateKey, _ **x509.Certificate) {
			c.IssuedAt, c.Expires = s.now.Add(-2*time.Minute), s.now
		}},
		{"unknown participant", auth.CodeBadToken, func(c *jose.TokenClaims, _ **ecdsa.PrivateKey, _ **x509.Certificate) { c.Subject = "vc-9" }},
		{"a colleague's key", auth.CodeBadToken, func(_ *jose.TokenClaims, key **ecdsa.PrivateKey, _ **x509.Certificate) {
			*key = s.school.Person("zc-1").Key
		}},
		{"a key on no card", auth.CodeBadToken, func(_ *jose.TokenClaims, key **ecdsa.PrivateKey, _ **x509.Certificate) { *key = registrytest.Key(t) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			claims, key, cert := s.claims(), s.vc.Key, s.cert
			c.make(&claims, &key, &cert)
			token := issue(t, claims, key)
			_, err := s.verifier.Caller(t.Context(), token, cert)
			wantCode(t, err, c.code)
			if s.replay.asked != 0 {
				t.Error("a token that was refused used up its jti")
			}
			if strings.Contains(err.Error(), token) {
				t.Error("the error holds the token")
			}
		})
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var fault *auth.Error
	if !errors.As(err, &fault) {
		t.Fatalf("error is %v, want an auth.Error %s", err, code)
	}
	if fault.Code != code {
		t.Errorf("code is %s, want %s", fault.Code, code)
	}
}

func TestForgedSignatureIsRefused(t *testing.T) {
	s := newSetting(t)
	token := []byte(issue(t, s.claims(), s.vc.Key))
	at := len(token) - 40 // within the signature
	if token[at] == 'A' {
		token[at] = 'B'
	} else {
		token[at] = 'A'
	}
	_, err := s.verifier.Caller(t.Context(), string(token), s.cert)
	wantCode(t, err, auth.CodeBadToken)
	if s.replay.asked != 0 {
		t.Error("a forged token used up a jti")
	}
}

func TestBoundTokenWorksUntilSomethingChanges(t *testing.T) {
	s := newSetting(t)
	c := s.claims()
	c.CertThumbprint = thumbprint(s.cert)
	token := issue(t, c, s.vc.Key)
	for range 3 {
		if _, err := s.verifier.Caller(t.Context(), token, s.cert); err != nil {
			t.Fatal(err)
		}
	}
	if s.replay.asked != 0 {
		t.Error("a bound token used up a jti")
	}
	other, err := s.region.CA.IssueClient(s.school.OIN, "school")
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.verifier.Caller(t.Context(), token, other.Chain[0])
	wantCode(t, err, auth.CodeBadCertificate)

	before := s.book
	s.vc.Key, s.vc.Card.Version = registrytest.Key(t), 2
	s.vc.Card.Key = &s.vc.Key.PublicKey
	s.school.SignPerson(t, s.vc)
	s.book = s.region.Book(t, s.now)
	_, err = s.verifier.Caller(t.Context(), token, s.cert)
	wantCode(t, err, auth.CodeBadToken) // remembered, but the key is on no card any more

	s.book, s.now = before, s.now.Add(5*time.Minute)
	_, err = s.verifier.Caller(t.Context(), token, s.cert)
	wantCode(t, err, auth.CodeExpired)
}

func TestCertificateExpiresDuringAConnection(t *testing.T) {
	s := newSetting(t)
	s.now = s.cert.NotAfter.Add(time.Second)
	_, err := s.verifier.Certificate(s.cert)
	wantCode(t, err, auth.CodeBadCertificate)
}
