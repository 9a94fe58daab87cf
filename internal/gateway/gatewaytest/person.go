package gatewaytest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/jose"
)

// HTTP gives an HTTP client with the party's certificate that puts a token of this person, good for five minutes, on every
// request which has no Authorization of its own, held to openapi.yaml.
func (p *Person) HTTP() *http.Client {
	return &http.Client{Transport: bearer{p.Token(nil), apitest.Transport(p.Party.region.t, p.Party.transport)}}
}

type bearer struct {
	token string
	base  http.RoundTripper
}

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, given := r.Header["Authorization"]; !given {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	return b.base.RoundTrip(r)
}

// Token makes a token for this gateway, bound to the party's certificate, after a change to its claims (nil for none).
func (p *Person) Token(change func(*jose.TokenClaims)) string {
	t := p.Party.region.t
	t.Helper()
	sum := sha256.Sum256(p.Party.Client.Chain[0].Raw)
	now := time.Now()
	c := jose.TokenClaims{
		Issuer: p.Party.OIN.URN(), Subject: p.ID, Audience: p.Party.region.URL, IssuedAt: now, Expires: now.Add(jose.MaxTokenLife),
		CertThumbprint: base64.RawURLEncoding.EncodeToString(sum[:]),
	}
	if change != nil {
		change(&c)
	}
	token, err := jose.IssueToken(c, p.Key)
	if err != nil {
		t.Fatalf("issuing a token: %v", err)
	}
	return token
}
