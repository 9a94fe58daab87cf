package jose_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
)

// FuzzHeader puts any header over a payload and signs that: what is accepted has ES256, its own typ, and nothing that WIRE does not
// name, also in the eyes of another reader of JSON.
func FuzzHeader(f *testing.F) {
	key := newKey(f)
	kid := jose.Thumbprint(&key.PublicKey)
	cert := base64.StdEncoding.EncodeToString(selfSigned(f, key, &key.PublicKey).Raw)
	f.Add(`{"alg":"ES256","kid":"` + kid + `","typ":"envelop+jws"}`)
	f.Add(`{"alg":"ES256","typ":"partijkaart+jws","x5c":["` + cert + `"]}`)
	f.Add(`{"alg":"none","kid":"` + kid + `","typ":"sluis-token+jwt"}`)
	f.Add(`{"alg":"ES256","ALG":"none","crit":["b64"],"b64":false,"jwk":{},"kid":"` + kid + `","typ":"envelop+jws"}`)
	f.Fuzz(func(t *testing.T, header string) {
		compact := signRaw(t, key, header, `{"id":"x"}`)
		for _, typ := range []jose.Typ{jose.Envelope, jose.PartyCard, jose.Token} {
			u, err := jose.Parse(compact, typ)
			if err != nil {
				if !errors.As(err, new(fault.List)) {
					t.Fatalf("%v is no fault.List", err)
				}
				continue
			}
			var seen map[string]json.RawMessage
			if err := json.Unmarshal([]byte(header), &seen); err != nil || len(seen) != 3 || string(seen["alg"]) != `"ES256"` || u.Typ != typ {
				t.Fatalf("accepted as %s: %s (%v)", typ, header, err)
			}
			if (typ == jose.PartyCard) != (len(u.Chain) > 0) || (typ == jose.PartyCard) != (u.Kid == "") {
				t.Fatalf("accepted as %s with kid %q and %d certificates", typ, u.Kid, len(u.Chain))
			}
		}
	})
}

// FuzzClaims signs any claims as a participant would: what is accepted can be issued again, and means the same.
func FuzzClaims(f *testing.F) {
	key := newKey(f)
	token, err := jose.IssueToken(claims(), key)
	if err != nil {
		f.Fatal(err)
	}
	u, err := jose.Parse(token, jose.Token)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(u.Payload)
	f.Add([]byte(`{"iss":"","iat":1e400,"exp":-1,"jti":"AAAAAAAAAAAAAAAAAAAAAA","cnf":null}`))
	f.Add([]byte(`{"aud":["a","b"],"cnf":{"x5t#S256":1}}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		compact, err := jose.Sign(jose.Token, key, payload)
		if err != nil {
			return
		}
		first, err := jose.ParseToken(compact)
		if err != nil {
			if !errors.As(err, new(fault.List)) {
				t.Fatalf("%v is no fault.List", err)
			}
			return
		}
		if life := first.Claims.Expires.Sub(first.Claims.IssuedAt); life <= 0 || life > jose.MaxTokenLife || first.Claims.IssuedAt.Before(time.Unix(0, 0)) {
			t.Fatalf("accepted a life of %s", life)
		}
		again, err := jose.IssueToken(first.Claims, key)
		if err != nil {
			t.Fatalf("accepted, but cannot be issued: %v", err)
		}
		if second, err := jose.ParseToken(again); err != nil || second.Claims != first.Claims {
			t.Fatalf("issuing again changed it: %v", err)
		}
	})
}
