package client

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Client speaks to one gateway for one participant. It is safe for concurrent use, and keeps its connections open: a TLS
// handshake costs more than a message.
type Client struct {
	profile *Profile
	http    *http.Client
	now     func() time.Time
	origin  string // of the log: <host>/log
	schemas func() *message.Schemas

	thumbprint string // of the client certificate: cnf.x5t#S256
	tokens     tokenCache
	directory  directory
	trail      sync.Mutex // one comparison with the kept checkpoint at a time
}

// Option changes how a Client works.
type Option func(*Client)

// WithClock lets time come from somewhere else; for tests and simulations.
func WithClock(now func() time.Time) Option { return func(c *Client) { c.now = now } }

// WithTransport puts something around the connection to the gateway, such as a recorder. What it changes is not trusted either.
func WithTransport(around func(http.RoundTripper) http.RoundTripper) Option {
	return func(c *Client) { c.http.Transport = around(c.http.Transport) }
}

// Time limits of a connection. An answer as a whole is bounded by its call, see request.go.
const (
	dialTimeout      = 10 * time.Second
	handshakeTimeout = 10 * time.Second
	idleTimeout      = 90 * time.Second
)

// New makes a client for a profile. It connects to nothing yet. The error is a fault.List when the profile has no key for the
// log of its gateway.
func New(p *Profile, options ...Option) (*Client, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return nil, fault.List{{Place: fileSettings + ": url", Message: "is geen adres"}}
	}
	host := u.Host
	if u.Port() == "443" {
		host = u.Hostname()
	}
	sum := sha256.Sum256(p.certificate.Certificate[0])
	c := &Client{
		profile:    p,
		now:        time.Now,
		origin:     tlog.Origin(host),
		schemas:    sync.OnceValue(message.DefaultSchemas), // compiling them takes time that `sluis inbox` need not spend
		thumbprint: base64.RawURLEncoding.EncodeToString(sum[:]),
		http: &http.Client{
			Transport: transport(p),
			// A redirect could lead a token to somebody else.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	for _, o := range options {
		o(c)
	}
	if len(c.verifiers()) == 0 {
		return nil, fault.List{{Place: fileLogKeys, Message: "bevat geen sleutel voor het auditspoor van de sluis in " + fileSettings + " (" + c.origin + "); controleer de url, of vraag de beheerder van de sluis om haar sleutel"}}
	}
	return c, nil
}

// Profile gives whose client this is.
func (c *Client) Profile() *Profile { return c.profile }

// Close lets go of idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func transport(p *Profile) *http.Transport {
	return &http.Transport{
		Proxy:       http.ProxyFromEnvironment,
		DialContext: (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSClientConfig: &tls.Config{
			MinVersion:   tls.VersionTLS12,
			RootCAs:      p.tlsAnchors,
			Certificates: []tls.Certificate{p.certificate},
		},
		TLSHandshakeTimeout: handshakeTimeout,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 32,
		IdleConnTimeout:     idleTimeout,
	}
}
