package client

import (
	"fmt"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/jose"
)

// tokenCache holds the token in use. It is bound to the client certificate, so that it may be used again until it expires
// (WIRE: "With cnf.x5t#S256 it may be used again until exp over a connection with that certificate").
type tokenCache struct {
	mu      sync.Mutex
	token   string
	expires time.Time
}

// tokenMargin is how long before its end a token is no longer used: the clock of the gateway is not ours.
const tokenMargin = time.Minute

// token gives a bearer token for the gateway.
func (c *Client) token() (string, error) {
	c.tokens.mu.Lock()
	defer c.tokens.mu.Unlock()
	now := c.now()
	if c.tokens.token != "" && now.Before(c.tokens.expires.Add(-tokenMargin)) {
		return c.tokens.token, nil
	}
	expires := now.Add(jose.MaxTokenLife)
	token, err := jose.IssueToken(jose.TokenClaims{
		Issuer:         c.profile.OIN.URN(),
		Subject:        c.profile.Participant,
		Audience:       c.profile.URL,
		IssuedAt:       now,
		Expires:        expires,
		CertThumbprint: c.thumbprint,
	}, c.profile.key)
	if err != nil {
		return "", fmt.Errorf("issuing a token: %w", err)
	}
	c.tokens.token, c.tokens.expires = token, expires
	return token, nil
}
