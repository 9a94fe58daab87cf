package jose_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
)

var now = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)

func claims() jose.TokenClaims {
	return jose.TokenClaims{
		Issuer: "urn:nld:oin:00000099000000030000", Subject: "vc-1", Audience: "https://sluis.example",
		IssuedAt: now, Expires: now.Add(jose.MaxTokenLife),
		CertThumbprint: "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
	}
}

func TestTokenRoundTrip(t *testing.T) {
	key := newKey(t)
	for _, bound := range []bool{true, false} {
		want := claims()
		if !bound {
			want.CertThumbprint = ""
		}
		token, err := jose.IssueToken(want, key)
		if err != nil {
			t.Fatal(err)
		}
		u, err := jose.ParseToken(token)
		if err != nil {
			t.Fatal(err)
		}
		got, err := u.Verify(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.ID) != 22 || u.Kid != jose.Thumbprint(&key.PublicKey) {
			t.Errorf("jti %d characters, kid of another key", len(got.ID))
		}
		want.ID = got.ID
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if _, err := u.Verify(&newKey(t).PublicKey); !errors.Is(err, jose.ErrSignature) {
			t.Errorf("another key: %v", err)
		}
	}
}

func TestTokensHaveFreshIDs(t *testing.T) {
	key := newKey(t)
	seen := map[string]bool{}
	for range 100 {
		token, err := jose.IssueToken(claims(), key)
		if err != nil {
			t.Fatal(err)
		}
		u, err := jose.ParseToken(token)
		if err != nil || seen[u.Claims.ID] {
			t.Fatalf("the same jti twice, or %v", err)
		}
		seen[u.Claims.ID] = true
	}
}

func TestParseTokenRefuses(t *testing.T) {
	const good = `{"iss":"urn:nld:oin:00000099000000030000","sub":"vc-1","aud":"https://sluis.example",` +
		`"iat":1795255200,"exp":1795255500,"jti":"AAAAAAAAAAAAAAAAAAAAAA","cnf":{"x5t#S256":"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"}}`
	cases := map[string]struct{ old, new, place string }{
		"lives too long":          {`1795255500`, `1795255501`, "exp"},
		"ends before it begins":   {`1795255500`, `1795255199`, "exp"},
		"no life":                 {`1795255500`, `1795255200`, "exp"},
		"iat a fraction":          {`1795255200`, `1795255200.5`, "iat"},
		"iat a text":              {`1795255200`, `"1795255200"`, "iat"},
		"iat beyond all years":    {`1795255200`, `99999999999999`, "iat"},
		"aud a list":              {`"https://sluis.example"`, `["https://sluis.example"]`, "aud"},
		"jti too short":           {`AAAAAAAAAAAAAAAAAAAAAA`, `AAAAAAAAAAAAAAAAAAAA`, "jti"},
		"jti no base64url":        {`AAAAAAAAAAAAAAAAAAAAAA`, `AAAAAAAAAAAAAAAAAAAAA!`, "jti"},
		"no jti":                  {`"jti":"AAAAAAAAAAAAAAAAAAAAAA",`, ``, "jti"},
		"nbf":                     {`"sub"`, `"nbf":1795255200,"sub"`, "nbf"},
		"scope":                   {`"sub"`, `"scope":"alles","sub"`, "scope"},
		"two subs":                {`"sub"`, `"sub":"iemand-anders","sub"`, "sub"},
		"cnf of another method":   {`"x5t#S256":"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"`, `"jkt":"x"`, "cnf.x5t#S256"},
		"cnf null":                {`{"x5t#S256":"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"}`, `null`, "cnf"},
		"cnf with a second key":   {`{"x5t#S256"`, `{"jwk":{},"x5t#S256"`, "cnf.jwk"},
		"cnf that is no SHA-256":  {`oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U`, `oKIy`, "cnf.x5t#S256"},
		"claims that are no JSON": {`{"iss"`, `iss`, ""},
	}
	key := newKey(t)
	header := `{"alg":"ES256","typ":"sluis-token+jwt","kid":"` + jose.Thumbprint(&key.PublicKey) + `"}`
	if _, err := jose.ParseToken(signRaw(t, key, header, good)); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for name, c := range cases {
		_, err := jose.ParseToken(signRaw(t, key, header, strings.Replace(good, c.old, c.new, 1)))
		var faults fault.List
		if !errors.As(err, &faults) || faults[0].Place != c.place {
			t.Errorf("%s: got %v, want a fault at %q", name, err, c.place)
		}
	}
}

func TestIssueTokenRefusesWhatParseWould(t *testing.T) {
	key := newKey(t)
	long := claims()
	long.Expires = now.Add(jose.MaxTokenLife + time.Second)
	nobody := claims()
	nobody.Subject = ""
	for name, c := range map[string]jose.TokenClaims{"long": long, "nobody": nobody, "nothing": {}} {
		if token, err := jose.IssueToken(c, key); err == nil || token != "" {
			t.Errorf("%s: issued", name)
		}
	}
}

func FuzzParseToken(f *testing.F) {
	key := newKey(f)
	token, err := jose.IssueToken(claims(), key)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Add("a.b.c")
	f.Fuzz(func(t *testing.T, compact string) {
		u, err := jose.ParseToken(compact)
		if err != nil {
			return
		}
		if life := u.Claims.Expires.Sub(u.Claims.IssuedAt); life <= 0 || life > jose.MaxTokenLife {
			t.Errorf("accepted a life of %s", life)
		}
		if _, err := u.Verify(&key.PublicKey); err == nil && compact != token {
			t.Error("verified something that was never issued")
		}
	})
}
