package jose_test

import (
	"testing"

	jwa2 "github.com/lestrrat-go/jwx/v2/jwa"
	jwk2 "github.com/lestrrat-go/jwx/v2/jwk"
	jws2 "github.com/lestrrat-go/jwx/v2/jws"
	jwa3 "github.com/lestrrat-go/jwx/v3/jwa"
	jwk3 "github.com/lestrrat-go/jwx/v3/jwk"
	jws3 "github.com/lestrrat-go/jwx/v3/jws"

	"github.com/sluis-gateway/sluis/internal/jose"
)

// The example of RFC 7515, appendix A.3: a JWS with ES256 and its key.
const (
	rfc7515Key = `{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",` +
		`"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}`
	rfc7515Public = `{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",` +
		`"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}`
	rfc7515JWS = "eyJhbGciOiJFUzI1NiJ9." +
		"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
		"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
)

// verifyWith are the two generations of the library: what one signs, the other verifies. The day that Sluis moves from v2 to
// v3, this test says that nothing on the wire changes.
var verifyWith = map[string]func(compact, jwk string) ([]byte, error){
	"jwx v2": func(compact, jwk string) ([]byte, error) {
		key, err := jwk2.ParseKey([]byte(jwk))
		if err != nil {
			return nil, err
		}
		return jws2.Verify([]byte(compact), jws2.WithKey(jwa2.ES256, key))
	},
	"jwx v3": func(compact, jwk string) ([]byte, error) {
		key, err := jwk3.ParseKey([]byte(jwk))
		if err != nil {
			return nil, err
		}
		return jws3.Verify([]byte(compact), jws3.WithKey(jwa3.ES256(), key))
	},
}

func TestBothGenerationsVerifyTheRFCAndUs(t *testing.T) {
	key, err := jose.ParsePrivateJWK([]byte(rfc7515Key))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := jose.Sign(jose.Envelope, key, []byte(`{"id":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, verify := range verifyWith {
		if _, err := verify(rfc7515JWS, rfc7515Public); err != nil {
			t.Errorf("%s does not verify RFC 7515 A.3: %v", name, err)
		}
		if payload, err := verify(ours, rfc7515Public); err != nil || string(payload) != `{"id":"x"}` {
			t.Errorf("%s does not verify what we sign: %q, %v", name, payload, err)
		}
		bent := ours[:len(ours)-4] + "AAAA"
		if _, err := verify(bent, rfc7515Public); err == nil {
			t.Errorf("%s verifies a bent signature", name)
		}
	}
}

// What the libraries sign with exactly our header, we verify.
func TestWeVerifyBothGenerations(t *testing.T) {
	key, err := jose.ParsePrivateJWK([]byte(rfc7515Key))
	if err != nil {
		t.Fatal(err)
	}
	kid := jose.Thumbprint(&key.PublicKey)
	h2 := jws2.NewHeaders()
	h3 := jws3.NewHeaders()
	for name, value := range map[string]any{"typ": string(jose.Envelope), "kid": kid} {
		if err := h2.Set(name, value); err != nil {
			t.Fatal(err)
		}
		if err := h3.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	v2, err := jws2.Sign([]byte("{}"), jws2.WithKey(jwa2.ES256, key, jws2.WithProtectedHeaders(h2)))
	if err != nil {
		t.Fatal(err)
	}
	v3, err := jws3.Sign([]byte("{}"), jws3.WithKey(jwa3.ES256(), key, jws3.WithProtectedHeaders(h3)))
	if err != nil {
		t.Fatal(err)
	}
	for name, compact := range map[string][]byte{"jwx v2": v2, "jwx v3": v3} {
		u, err := jose.Parse(string(compact), jose.Envelope)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := u.Verify(&key.PublicKey); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestThumbprintAgreesWithBothGenerations(t *testing.T) {
	key, err := jose.ParsePublicJWK([]byte(rfc7515Public))
	if err != nil {
		t.Fatal(err)
	}
	// Worked out by hand from RFC 7638, 3: SHA-256 over {"crv":…,"kty":…,"x":…,"y":…}.
	const want = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"
	if got := jose.Thumbprint(key); got != want {
		t.Errorf("thumbprint %s, want %s", got, want)
	}
	if got := thumbprintV2(t, rfc7515Public); got != want {
		t.Errorf("jwx v2 gives %s, want %s", got, want)
	}
	if got := thumbprintV3(t, rfc7515Public); got != want {
		t.Errorf("jwx v3 gives %s, want %s", got, want)
	}
}
