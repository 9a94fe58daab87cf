package jose_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	jwk2 "github.com/lestrrat-go/jwx/v2/jwk"
	jwk3 "github.com/lestrrat-go/jwx/v3/jwk"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
)

func thumbprintV2(t *testing.T, jwk string) string {
	t.Helper()
	key, err := jwk2.ParseKey([]byte(jwk))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

func thumbprintV3(t *testing.T, jwk string) string {
	t.Helper()
	key, err := jwk3.ParseKey([]byte(jwk))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

func TestJWKRoundTrip(t *testing.T) {
	for range 50 { // enough keys to meet coordinates that begin with a zero byte now and then; the vectors below force one
		key := newKey(t)
		private, err := jose.MarshalPrivateJWK(key)
		if err != nil {
			t.Fatal(err)
		}
		again, err := jose.ParsePrivateJWK(private)
		if err != nil || !again.Equal(key) {
			t.Fatalf("private key did not come back: %v", err)
		}
		public, err := jose.MarshalPublicJWK(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		read, err := jose.ParsePublicJWK(public)
		if err != nil || !read.Equal(&key.PublicKey) {
			t.Fatalf("public key did not come back: %v", err)
		}
		if bytes.Contains(public, []byte(`"d"`)) {
			t.Fatal("the public JWK holds the private member")
		}
	}
}

// A scalar of 1 gives the base point, and a "d" that is 31 zero bytes and a one: lengths must not be cut.
func TestJWKKeepsLeadingZeros(t *testing.T) {
	one, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), append(make([]byte, 31), 1))
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := jose.MarshalPrivateJWK(one)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(jwk), `"d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"`) {
		t.Error("d lost its leading zeros")
	}
	if again, err := jose.ParsePrivateJWK(jwk); err != nil || !again.Equal(one) {
		t.Errorf("did not come back: %v", err)
	}
}

func TestPublicJWKRefuses(t *testing.T) {
	cases := map[string]struct{ jwk, place string }{
		"a private key":         {rfc7515Key, "d"},
		"another curve":         {strings.Replace(rfc7515Public, "P-256", "P-384", 1), "crv"},
		"another kind":          {strings.Replace(rfc7515Public, "EC", "RSA", 1), "kty"},
		"a point off the curve": {strings.Replace(rfc7515Public, "f83O", "f83P", 1), ""},
		"a short coordinate":    {strings.Replace(rfc7515Public, "f83O", "", 1), "x"},
		"padding":               {strings.Replace(rfc7515Public, `VEU"`, `VEU="`, 1), "x"},
		"loose bits":            {strings.Replace(rfc7515Public, `VEU"`, `VEV"`, 1), "x"},
		"an unknown key":        {strings.Replace(rfc7515Public, "{", `{"use":"sig",`, 1), "use"},
		"a duplicate":           {strings.Replace(rfc7515Public, "{", `{"kty":"EC",`, 1), "kty"},
		"no object":             {`"EC"`, ""},
		"nothing":               {``, ""},
	}
	for name, c := range cases {
		key, err := jose.ParsePublicJWK([]byte(c.jwk))
		var faults fault.List
		if key != nil || !errors.As(err, &faults) {
			t.Errorf("%s: got %v, %v", name, key, err)
			continue
		}
		if len(faults) != 1 || faults[0].Place != c.place {
			t.Errorf("%s: %v, want one fault at %q", name, faults, c.place)
		}
	}
}

func TestPrivateJWKOfAnotherKeyIsRefused(t *testing.T) {
	mine, err := jose.MarshalPrivateJWK(newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	_, d, _ := strings.Cut(string(mine), `"d":"`)
	_, rfc, _ := strings.Cut(rfc7515Key, `"d":"`)
	mixed := strings.Replace(rfc7515Key, rfc[:43], d[:43], 1)
	if _, err := jose.ParsePrivateJWK([]byte(mixed)); err == nil {
		t.Error("a d that is not of x and y was accepted")
	} else if strings.Contains(err.Error(), d[:43]) {
		t.Error("the error holds the private key")
	}
}

func TestOtherCurvesHaveNoThumbprint(t *testing.T) {
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if got := jose.Thumbprint(&p384.PublicKey); got != "" {
		t.Errorf("P-384 has thumbprint %s", got)
	}
	if _, err := jose.Sign(jose.Envelope, p384, []byte("{}")); err == nil {
		t.Error("signed with P-384")
	}
	if got := jose.Thumbprint(nil); got != "" {
		t.Errorf("nil has thumbprint %s", got)
	}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := jose.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}
