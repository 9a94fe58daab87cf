package endurance

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// desk is a participant with software that keeps what it sent, so that it can send the very same again.
type desk struct {
	*gatewaytest.Person
	url   string
	http  *http.Client
	token string
	since time.Time // of the token
	mu    sync.Mutex
}

func (h *served) desk(t testing.TB, name string) *desk {
	t.Helper()
	who := h.Person(name)
	d := &desk{Person: who, url: h.URL, http: h.caller([]tls.Certificate{who.Party.Client.TLS()}, h.dial)}
	t.Cleanup(d.http.CloseIdleConnections)
	d.login()
	return d
}

// dialer is as of net.Dialer.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// caller makes an HTTP client that finds its gateway with a dialer.
func (h *served) caller(as []tls.Certificate, dial dialer) *http.Client {
	return &http.Client{Timeout: 3 * time.Minute, Transport: &http.Transport{
		MaxIdleConnsPerHost: 64, DialContext: dial,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: h.CA.Pool(), Certificates: as},
	}}
}

// dial connects to one of the gateway processes, as software does that finds several addresses under a name: to each in turn, until one
// answers.
func (h *served) dial(ctx context.Context, network, _ string) (conn net.Conn, err error) {
	for _, at := range rand.Perm(len(h.gates)) {
		if conn, err = (&net.Dialer{}).DialContext(ctx, network, h.gates[at].listen); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// login gets a new token: one is good for five minutes.
func (d *desk) login() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.token, d.since = d.Token(nil), now()
}

// bearer gives the token, or a new one when that will not be good for long any more.
func (d *desk) bearer() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now().Sub(d.since) > 2*time.Minute {
		d.token, d.since = d.Token(nil), now()
	}
	return d.token
}

// reply is what the gateway said; status 0 when it said nothing, or not all of it.
type reply struct {
	status int
	body   []byte
}

// call makes a call once. Nobody knows what became of one whose reply has status 0.
func (d *desk) call(ctx context.Context, method, path, contentType string, body []byte) reply {
	got, _ := d.do(ctx, method, path, contentType, bytes.NewReader(body))
	return got
}

// insist makes a call again and again until there is an answer, as software does for what may be sent again: a gateway that was killed or
// cannot now is asked by another's way. Nobody answers for half a minute: status 0.
func (d *desk) insist(method, path, contentType string, body []byte) (got reply, attempts int) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(25 * time.Millisecond) {
		got = d.call(context.Background(), method, path, contentType, body)
		attempts++
		if got.status != 0 && got.status < http.StatusInternalServerError && got.status != http.StatusTooManyRequests {
			break
		}
	}
	return got, attempts
}

// errOr gives an error, or one that says that the answer has a status which was not wanted.
func errOr(err error, status int) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("answered %d", status)
}

// stream makes a call whose body need not be in memory, and fails when it gets no answer.
func (d *desk) stream(t testing.TB, method, path, contentType string, body io.Reader) reply {
	t.Helper()
	got, err := d.do(t.Context(), method, path, contentType, body)
	if err != nil {
		t.Errorf("%s %s: %v", method, path, err)
	}
	return got
}

func (d *desk) do(ctx context.Context, method, path, contentType string, body io.Reader) (reply, error) {
	req, err := http.NewRequestWithContext(ctx, method, d.url+path, body)
	if err != nil {
		return reply{}, err
	}
	if known, ok := body.(interface{ Size() int64 }); ok {
		req.ContentLength = known.Size()
	}
	req.Header.Set("Authorization", "Bearer "+d.bearer())
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := d.http.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return reply{}, err
	}
	return reply{resp.StatusCode, answer}, nil
}

// open opens the profile of a participant with the software that ships.
func (h *served) open(t testing.TB, name string, options ...client.Option) *client.Client {
	t.Helper()
	return openProfile(t, h.Region, name, options...)
}

func openProfile(t testing.TB, r *gatewaytest.Region, name string, options ...client.Option) *client.Client {
	t.Helper()
	profile, err := client.LoadProfile(r.Person(name).Profile)
	must(t, err)
	c, err := client.New(profile, options...)
	must(t, err)
	t.Cleanup(c.Close)
	return c
}
