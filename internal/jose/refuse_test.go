package jose_test

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// signRaw signs any header and payload with ES256, as an attacker with a key of their own can.
func signRaw(t testing.TB, key *ecdsa.PrivateKey, header, payload string) string {
	t.Helper()
	signed := b64(header) + "." + b64(payload)
	sum := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	return signed + "." + base64.RawURLEncoding.EncodeToString(raw)
}

func TestParseRefuses(t *testing.T) {
	key := newKey(t)
	kid := jose.Thumbprint(&key.PublicKey)
	good := signRaw(t, key, `{"alg":"ES256","typ":"envelop+jws","kid":"`+kid+`"}`, `{}`)
	if _, err := jose.Parse(good, jose.Envelope); err != nil {
		t.Fatalf("the good one: %v", err) // or the table below would prove nothing
	}
	with := func(header string) string { return signRaw(t, key, fmt.Sprintf(header, kid), `{}`) }
	publicJWK, err := jose.MarshalPublicJWK(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, publicJWK)
	hs := b64(`{"alg":"HS256","typ":"envelop+jws","kid":"`+kid+`"}`) + "." + b64("{}")
	mac.Write([]byte(hs))
	dot := strings.LastIndex(good, ".")

	cases := map[string]struct{ compact, place string }{
		"alg none":                        {b64(`{"alg":"none","typ":"envelop+jws","kid":"`+kid+`"}`) + "." + b64("{}") + ".", "handtekening"},
		"alg none with signature":         {with(`{"alg":"none","typ":"envelop+jws","kid":"%s"}`), "header.alg"},
		"HS256 keyed with the public key": {hs + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), "handtekening"},
		"HS256":                           {with(`{"alg":"HS256","typ":"envelop+jws","kid":"%s"}`), "header.alg"},
		"ES384":                           {with(`{"alg":"ES384","typ":"envelop+jws","kid":"%s"}`), "header.alg"},
		"es256 in small letters":          {with(`{"alg":"es256","typ":"envelop+jws","kid":"%s"}`), "header.alg"},
		"no alg":                          {with(`{"typ":"envelop+jws","kid":"%s"}`), "header.alg"},
		"another typ":                     {with(`{"alg":"ES256","typ":"bevestiging+jws","kid":"%s"}`), "header.typ"},
		"typ with application/":           {with(`{"alg":"ES256","typ":"application/envelop+jws","kid":"%s"}`), "header.typ"},
		"no typ":                          {with(`{"alg":"ES256","kid":"%s"}`), "header.typ"},
		"crit":                            {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","crit":["exp"]}`), "header.crit"},
		"b64 false":                       {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","b64":false}`), "header.b64"},
		"jwk":                             {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","jwk":` + string(publicJWK) + `}`), "header.jwk"},
		"jku":                             {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","jku":"https://x.example"}`), "header.jku"},
		"x5u":                             {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","x5u":"https://x.example"}`), "header.x5u"},
		"x5c where kid belongs":           {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","x5c":["AA=="]}`), "header.x5c"},
		"zip":                             {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s","zip":"DEF"}`), "header.zip"},
		"no kid":                          {signRaw(t, key, `{"alg":"ES256","typ":"envelop+jws"}`, `{}`), "header.kid"},
		"kid that is a label":             {signRaw(t, key, `{"alg":"ES256","typ":"envelop+jws","kid":"sleutel-1"}`, `{}`), "header.kid"},
		"kid that is a number":            {signRaw(t, key, `{"alg":"ES256","typ":"envelop+jws","kid":1}`, `{}`), "header.kid"},
		"two kids":                        {with(`{"alg":"ES256","kid":"%[1]s","typ":"envelop+jws","kid":"%[1]s"}`), "header.kid"},
		"header that is a list":           {signRaw(t, key, `["ES256"]`, `{}`), "header"},
		"header that is no JSON":          {signRaw(t, key, `alg=ES256`, `{}`), "header"},
		"something after the header":      {with(`{"alg":"ES256","typ":"envelop+jws","kid":"%s"}{}`), "header"},
		"padded payload":                  {strings.Replace(good, "."+b64("{}")+".", "."+b64("{}")+"=.", 1), "inhoud"},
		"loose bits in the payload":       {strings.Replace(good, "."+b64("{}")+".", ".e31.", 1), "inhoud"},
		"standard alphabet":               {good[:dot+1] + strings.Repeat("+/", 43), "handtekening"},
		"a line end":                      {good + "\n", "handtekening"},
		"a line end within":               {good[:dot+20] + "\n" + good[dot+20:], "handtekening"},
		"a short signature":               {good[:len(good)-4], "handtekening"},
		"a long signature":                {good + "AAAA", "handtekening"},
		"no payload":                      {strings.Replace(good, "."+b64("{}")+".", "..", 1), "inhoud"},
		"two parts":                       {good[:dot], ""},
		"four parts":                      {good + ".AAAA", ""},
		"a JWE":                           {"a.b.c.d.e", ""},
		"JSON serialization":              {`{"payload":"e30","signatures":[]}`, ""},
		"nothing":                         {"", ""},
		"too long":                        {good + strings.Repeat("A", jose.MaxCompactBytes), ""},
	}
	for name, c := range cases {
		_, err := jose.Parse(c.compact, jose.Envelope)
		var faults fault.List
		if !errors.As(err, &faults) {
			t.Errorf("%s: got %v, want faults", name, err)
			continue
		}
		if len(faults) != 1 || faults[0].Place != c.place {
			t.Errorf("%s: %v, want one fault at %q", name, faults, c.place)
		}
	}
}

func TestParseTellsAllFaultsAtOnce(t *testing.T) {
	compact := signRaw(t, newKey(t), `{"alg":"HS256","typ":"x","kid":"y","jku":"z"}`, `{}`)
	_, err := jose.Parse(compact, jose.Envelope)
	var faults fault.List
	if !errors.As(err, &faults) || len(faults) != 4 {
		t.Errorf("got %v, want four faults", err)
	}
}

func FuzzParse(f *testing.F) {
	key := newKey(f)
	good, err := jose.Sign(jose.Envelope, key, []byte(`{"id":"x"}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(rfc7515JWS)
	f.Add("..")
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Fuzz(func(t *testing.T, compact string) {
		for _, typ := range []jose.Typ{jose.Envelope, jose.PartyCard, jose.Token} {
			u, err := jose.Parse(compact, typ)
			if err != nil {
				continue
			}
			// Whatever is accepted has one text only, and verifies only when we signed it.
			if v, err := u.Verify(&key.PublicKey); err == nil && (v.Compact() != compact || typ != jose.Envelope) {
				t.Errorf("verified something else")
			}
		}
	})
}
