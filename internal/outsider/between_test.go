package outsider

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/freeport"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// between listens where everybody expects the gateway, and passes everything on to the real one, until it is told to change an
// answer: so a dishonest gateway is played for programs that know nothing of tests. It notes what was posted.
type between struct {
	t      *testing.T
	region *gatewaytest.Region
	target *url.URL

	mu      sync.Mutex
	change  map[string]func([]byte) []byte // by method and path; "*" at the end for any path that begins so
	posted  []string
	parties map[string]http.RoundTripper // by the certificate that somebody showed
}

// option puts b before the gateway of a region that is about to start.
func (b *between) option() gatewaytest.Option {
	return func(r *gatewaytest.Region) {
		b.region, b.parties = r, map[string]http.RoundTripper{}
		front, err := net.Listen("tcp", r.Config.API.Listen)
		check(b.t, err)
		r.Config.API.Listen = freeport.Address(freeport.Take(b.t))
		b.target = &url.URL{Scheme: "https", Host: r.Config.API.Listen}
		proxy := &httputil.ReverseProxy{
			Transport:      b,
			Rewrite:        func(p *httputil.ProxyRequest) { p.SetURL(b.target); p.Out.Host = p.In.Host },
			ModifyResponse: b.answer,
		}
		server := &http.Server{Handler: proxy, TLSConfig: &tls.Config{ClientAuth: tls.RequestClientCert}}
		go func() { _ = server.ServeTLS(front, r.Config.API.CertFile, r.Config.API.KeyFile) }() // ends with Close
		b.t.Cleanup(func() { _ = server.Close() })
	}
}

// RoundTrip passes a request on under the certificate that its sender showed: the region has everybody's key.
func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	b.mu.Lock()
	if r.Method == http.MethodPost {
		b.posted = append(b.posted, r.URL.Path)
	}
	base, err := b.as(r.TLS)
	b.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return base.RoundTrip(r)
}

func (b *between) as(shown *tls.ConnectionState) (http.RoundTripper, error) {
	leaf := ""
	if len(shown.PeerCertificates) > 0 {
		leaf = string(shown.PeerCertificates[0].Raw)
	}
	if base, ok := b.parties[leaf]; ok {
		return base, nil
	}
	config := &tls.Config{RootCAs: b.region.CA.Pool(), ServerName: "localhost"}
	files, err := filepath.Glob(filepath.Join(b.region.Dir, "partijen", "*", "tls.crt"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		pair, err := tls.LoadX509KeyPair(file, strings.TrimSuffix(file, ".crt")+".key")
		if err != nil {
			return nil, err
		}
		if cert, err := x509.ParseCertificate(pair.Certificate[0]); err == nil && string(cert.Raw) == leaf {
			config.Certificates = []tls.Certificate{pair}
		}
	}
	b.parties[leaf] = &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
	return b.parties[leaf], nil
}

// answer changes what the gateway said, when it was told to.
func (b *between) answer(resp *http.Response) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	call := resp.Request.Method + " " + resp.Request.URL.Path
	for pattern, change := range b.change {
		if prefix, open := strings.CutSuffix(pattern, "*"); pattern != call && (!open || !strings.HasPrefix(call, prefix)) {
			continue
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}
		body = change(body)
		resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		resp.Header.Del("Content-Length")
	}
	return nil
}

// says makes the gateway's answer to a call another one while do runs, and gives what was posted meanwhile.
func (b *between) says(call string, change func([]byte) []byte, do func()) (posted []string) {
	b.mu.Lock()
	b.change, b.posted = map[string]func([]byte) []byte{call: change}, nil
	b.mu.Unlock()
	do()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.change = nil
	return b.posted
}
