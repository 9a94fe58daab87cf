package jose_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
)

func TestX5CRefuses(t *testing.T) {
	key := newKey(t)
	raw := selfSigned(t, key, &key.PublicKey).Raw
	for len(raw)%3 == 0 { // the length of an ECDSA signature in DER varies; one with padding is needed for loose bits
		raw = selfSigned(t, key, &key.PublicKey).Raw
	}
	cert := base64.StdEncoding.EncodeToString(raw)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	list := func(certs ...string) string { return `["` + strings.Join(certs, `","`) + `"]` }
	cases := map[string]struct{ x5c, place string }{
		"no certificate":        {`[]`, "header.x5c"},
		"five certificates":     {list(cert, cert, cert, cert, cert), "header.x5c"},
		"a text":                {`"` + cert + `"`, "header.x5c"},
		"null":                  {`null`, "header.x5c"},
		"a number":              {`[1]`, "header.x5c[0]"},
		"base64url":             {list(strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(cert) + "_-"), "header.x5c[0]"},
		"a line end":            {list(cert[:64] + `\n` + cert[64:]), "header.x5c[0]"},
		"loose bits":            {list(loosen(cert)), "header.x5c[0]"},
		"no certificate at all": {list("AAAA"), "header.x5c[0]"},
		"rubbish behind a leaf": {list(cert, "AAAA"), "header.x5c[1]"},
		"P-384":                 {list(base64.StdEncoding.EncodeToString(selfSigned(t, p384, &p384.PublicKey).Raw)), "header.x5c[0]"},
		"RSA":                   {list(base64.StdEncoding.EncodeToString(selfSigned(t, rsaKey, &rsaKey.PublicKey).Raw)), "header.x5c[0]"},
	}
	header := func(x5c string) string { return `{"alg":"ES256","typ":"partijkaart+jws","x5c":` + x5c + `}` }
	good, err := jose.Parse(signRaw(t, key, header(list(cert)), `{}`), jose.PartyCard)
	if err != nil {
		t.Fatalf("the good one: %v", err)
	}
	if v, err := good.VerifyLeaf(); err != nil || v.Kid() != jose.Thumbprint(&key.PublicKey) || len(v.Chain()) != 1 {
		t.Errorf("the good one: %v", err)
	}
	for name, c := range cases {
		_, err := jose.Parse(signRaw(t, key, header(c.x5c), `{}`), jose.PartyCard)
		var faults fault.List
		if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Place != c.place {
			t.Errorf("%s: got %v, want one fault at %q", name, err, c.place)
		}
	}
	if _, err := jose.Parse(signRaw(t, key, `{"alg":"ES256","typ":"partijkaart+jws","kid":"`+jose.Thumbprint(&key.PublicKey)+`"}`, `{}`), jose.PartyCard); err == nil {
		t.Error("a kid where x5c belongs")
	}
}

// loosen sets a bit before the padding that base64 does not use: another text, the same bytes.
func loosen(cert string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	end := strings.IndexByte(cert, '=')
	return cert[:end-1] + string(alphabet[strings.IndexByte(alphabet, cert[end-1])|1]) + cert[end:]
}

// The kid must be that of the key, also when the signature holds: otherwise an object could name somebody else.
func TestKidIsOfTheKey(t *testing.T) {
	key, other := newKey(t), newKey(t)
	compact := signRaw(t, key, `{"alg":"ES256","typ":"envelop+jws","kid":"`+jose.Thumbprint(&other.PublicKey)+`"}`, `{}`)
	u, err := jose.Parse(compact, jose.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]*ecdsa.PrivateKey{"who signed": key, "who is named": other} {
		if _, err := u.Verify(&k.PublicKey); !errors.Is(err, jose.ErrSignature) {
			t.Errorf("verified with the key of %s: %v", name, err)
		}
	}
}
