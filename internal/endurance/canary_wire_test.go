package endurance

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"

	"github.com/sluis-gateway/sluis/internal/client"
)

// wire keeps every byte of HTTP that goes to and from the gateway, as it is inside TLS: request lines, headers, bodies and answers. The
// gateway's end of TLS sees the same bytes, or TLS would break off.
type wire struct {
	mu       sync.Mutex
	up, down bytes.Buffer
}

// tap makes a client speak HTTP/1.1 (HTTP/2 would compress the headers, and hide what is in them) without compression, and keeps what it
// says and hears.
func (w *wire) tap() client.Option {
	return client.WithTransport(func(base http.RoundTripper) http.RoundTripper { return w.around(base.(*http.Transport)) })
}

func (w *wire) around(base *http.Transport) *http.Transport {
	t := base.Clone()
	t.ForceAttemptHTTP2, t.DisableCompression = false, true
	security := t.TLSClientConfig.Clone()
	security.NextProtos = []string{"http/1.1"}
	t.DialTLSContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&tls.Dialer{Config: security}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &tapped{conn, w}, nil
	}
	return t
}

type tapped struct {
	net.Conn
	wire *wire
}

func (c *tapped) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	c.wire.down.Write(p[:n])
	return n, err
}

func (c *tapped) Write(p []byte) (int, error) {
	c.wire.mu.Lock()
	c.wire.up.Write(p)
	c.wire.mu.Unlock()
	return c.Conn.Write(p)
}

// in puts what was kept in places.
func (w *wire) in(p places) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p["requests"], p["answers"] = bytes.Clone(w.up.Bytes()), bytes.Clone(w.down.Bytes())
}

// diary is a log that many write to.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

func (d *diary) in(p places) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p["log"] = bytes.Clone(d.text.Bytes())
}
