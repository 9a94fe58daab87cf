package jose_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/jose"
)

var all = []jose.Typ{
	jose.PartyCard, jose.ParticipantCard, jose.Envelope, jose.CoSignature, jose.Confirmation, jose.ConvenantSigned,
	jose.WpgDecision, jose.ReviewVerdict, jose.Token,
}

func certified(typ jose.Typ) bool {
	return typ == jose.PartyCard || typ == jose.ConvenantSigned || typ == jose.WpgDecision
}

func selfSigned(t testing.TB, key any, public any) *x509.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func sign(t testing.TB, typ jose.Typ, key *ecdsa.PrivateKey, payload []byte) string {
	t.Helper()
	var compact string
	var err error
	if certified(typ) {
		compact, err = jose.SignCertified(typ, key, []*x509.Certificate{selfSigned(t, key, &key.PublicKey)}, payload)
	} else {
		compact, err = jose.Sign(typ, key, payload)
	}
	if err != nil {
		t.Fatalf("signing a %s: %v", typ, err)
	}
	return compact
}

func verify(u jose.Unverified, key *ecdsa.PublicKey) (jose.Verified, error) {
	if certified(u.Typ) {
		return u.VerifyLeaf()
	}
	return u.Verify(key)
}

// "A JWS of one typ is never accepted where another is expected" (WIRE): every pair.
func TestNoTypPassesForAnother(t *testing.T) {
	key := newKey(t)
	for _, made := range all {
		compact := sign(t, made, key, []byte(`{}`))
		if got := jose.PeekTyp(compact); got != made {
			t.Errorf("PeekTyp gives %q, want %q", got, made)
		}
		for _, want := range all {
			u, err := jose.Parse(compact, want)
			if (err == nil) != (made == want) {
				t.Errorf("%s parsed as %s: %v", made, want, err)
			}
			if err == nil {
				if _, err := verify(u, &key.PublicKey); err != nil {
					t.Errorf("%s: %v", made, err)
				}
			}
		}
	}
}

// Law: what was signed comes back exactly, and any change of any character is refused.
func TestSignedComesBackAndNothingElse(t *testing.T) {
	key := newKey(t)
	other := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "payload")
		compact, err := jose.Sign(jose.Confirmation, key, payload)
		if err != nil {
			t.Fatal(err)
		}
		u, err := jose.Parse(compact, jose.Confirmation)
		if err != nil {
			t.Fatal(err)
		}
		v, err := u.Verify(&key.PublicKey)
		if err != nil || string(v.Payload()) != string(payload) || v.Kid() != jose.Thumbprint(&key.PublicKey) {
			t.Fatalf("did not come back: %v", err)
		}
		if _, err := u.Verify(&other.PublicKey); !errors.Is(err, jose.ErrSignature) {
			t.Fatalf("another key: %v", err)
		}
		at := rapid.IntRange(0, len(compact)-1).Draw(t, "at")
		char := rapid.SampledFrom([]byte("ABCDwxyz0189-_.")).Draw(t, "char")
		if compact[at] == char {
			return
		}
		bent := compact[:at] + string(char) + compact[at+1:]
		if u, err := jose.Parse(bent, jose.Confirmation); err == nil {
			if _, err := u.Verify(&key.PublicKey); err == nil {
				t.Fatal("a changed object verifies")
			}
		}
	})
}

func TestNothingUnverifiedPassesForVerified(t *testing.T) {
	key := newKey(t)
	u, err := jose.Parse(sign(t, jose.PartyCard, key, []byte(`{}`)), jose.PartyCard)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Verify(&key.PublicKey); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("an object with x5c was verified with a bare key: %v", err)
	}
	if _, err := (jose.Unverified{}).Verify(&key.PublicKey); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("the zero value: %v", err)
	}
	if _, err := (jose.Unverified{}).VerifyLeaf(); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("the zero value: %v", err)
	}
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Verify(&p384.PublicKey); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("a P-384 key: %v", err)
	}
	if _, err := u.Verify(nil); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("no key: %v", err)
	}
}

func TestSignRefuses(t *testing.T) {
	key, other := newKey(t), newKey(t)
	mine := []*x509.Certificate{selfSigned(t, key, &key.PublicKey)}
	theirs := []*x509.Certificate{selfSigned(t, other, &other.PublicKey)}
	long := []byte(strings.Repeat("x", jose.MaxCompactBytes))
	cases := map[string]func() (string, error){
		"kid for a typ with x5c":    func() (string, error) { return jose.Sign(jose.PartyCard, key, []byte("{}")) },
		"x5c for a typ with kid":    func() (string, error) { return jose.SignCertified(jose.Envelope, key, mine, []byte("{}")) },
		"a leaf of another key":     func() (string, error) { return jose.SignCertified(jose.PartyCard, key, theirs, []byte("{}")) },
		"no chain":                  func() (string, error) { return jose.SignCertified(jose.PartyCard, key, nil, []byte("{}")) },
		"no key":                    func() (string, error) { return jose.Sign(jose.Envelope, nil, []byte("{}")) },
		"what Parse finds too long": func() (string, error) { return jose.Sign(jose.Envelope, key, long) },
		"nothing":                   func() (string, error) { return jose.Sign(jose.Envelope, key, nil) },
	}
	for name, sign := range cases {
		if compact, err := sign(); err == nil || compact != "" {
			t.Errorf("%s: signed", name)
		}
	}
}
