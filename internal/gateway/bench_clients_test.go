package gateway_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// benchPayload is the plaintext of a usual message: the smallest padded payload (WIRE, "Padding").
const benchPayload = 4096

// unlimited takes away the limit on how often one party may call: the benchmark is one party.
func unlimited(c *gateway.Config) {
	c.Limits.RequestsPerSecond, c.Limits.Burst = 1e6, 1e6
}

// prepare makes n requests as they go over the line. Their messages share one age file, which the gateway cannot tell; envelope and
// signature are their own, each begins a case, and the token is one.
func prepare(b *testing.B, r *gatewaytest.Region, n int) [][]byte {
	b.Helper()
	e := r.Signal("school/vc-1", "politie/wa-7")
	_, file := r.Seal(e, benchPayload)
	e.Payload = message.Content{Digest: digest.Of(file), Length: int64(len(file))}
	token, host := r.Person("school/vc-1").Token(nil), strings.TrimPrefix(r.URL, "https://")
	all := make([][]byte, n)
	for i := range all {
		e.ID, e.Case = message.NewID(), message.NewID()
		body, contentType := gatewaytest.Form(
			gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(r.Sign(e))},
			gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: file})
		head := fmt.Sprintf("POST /v1/berichten HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nAuthorization: Bearer %s\r\n\r\n",
			host, contentType, len(body), token)
		all[i] = append([]byte(head), body...)
	}
	return all
}

// line is a connection of a client: its TLS session stays up.
type line struct {
	conn    *tls.Conn
	answers *bufio.Reader
}

// connect opens so many lines, and sends one message over each: a client keeps its connection, and its token is known.
func connect(b *testing.B, r *gatewaytest.Region, n int) []*line {
	b.Helper()
	config := tlsOf(r, r.Person("school/vc-1"))
	config.ServerName = "localhost"
	all := make([]*line, n)
	for i, first := range prepare(b, r, n) {
		conn, err := tls.Dial("tcp", r.Config.API.Listen, config)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		all[i] = &line{conn, bufio.NewReader(conn)}
		if err := all[i].post(first); err != nil {
			b.Fatal(err)
		}
	}
	return all
}

// post sends one request and reads the whole answer, which must be 201.
func (l *line) post(request []byte) error {
	if _, err := l.conn.Write(request); err != nil {
		return err
	}
	resp, err := http.ReadResponse(l.answers, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusCreated {
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	answer, _ := io.ReadAll(resp.Body)
	return fmt.Errorf("status %d: %s", resp.StatusCode, answer)
}

// drive has each line send the next request until there are none, and gives how long each took.
func drive(b *testing.B, lines []*line, requests [][]byte) []time.Duration {
	b.Helper()
	took := make([]time.Duration, len(requests))
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, l := range lines {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(requests) {
					return
				}
				start := time.Now()
				if err := l.post(requests[i]); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(start)
			}
		})
	}
	wg.Wait()
	return took
}

// tlsOf gives the client's side of mutual TLS for a person's software.
func tlsOf(r *gatewaytest.Region, p *gatewaytest.Person) *tls.Config {
	return &tls.Config{RootCAs: r.CA.Pool(), MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{p.Party.Client.TLS()}}
}
