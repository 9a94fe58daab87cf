package gateway_test

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"slices"
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

// BenchmarkAccept is the whole way in, over mutual TLS with a token: parse, verify, decide, keep, prove, durable on disk. The
// client's work (encrypting, signing, framing) is done before the clock starts. It reports messages a second and the time that
// half and 99 of 100 messages took at most.
func BenchmarkAccept(b *testing.B) {
	for _, clients := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			r := gatewaytest.Start(b, gatewaytest.With(unlimited))
			uploads := prepare(b, r, b.N)
			posts := connections(b, r, clients)
			took := make([]time.Duration, b.N)
			b.ReportAllocs()
			b.ResetTimer()
			drive(b, posts, uploads, took)
			b.StopTimer()
			report(b, took)
		})
	}
}

// unlimited takes away the limit on how often one party may call: the benchmark is one party.
func unlimited(c *gateway.Config) {
	c.Limits.RequestsPerSecond, c.Limits.Burst = 1e6, 1e6
}

// upload is a message as it goes over the line.
type upload struct {
	body        []byte
	contentType string
}

// prepare makes n messages. They share one age file, which the gateway cannot tell; envelope and signature are their own.
func prepare(b *testing.B, r *gatewaytest.Region, n int) []upload {
	b.Helper()
	e := r.Signal("school/vc-1", "politie/wa-7")
	_, file := r.Seal(e, benchPayload)
	e.Payload = message.Content{Digest: digest.Of(file), Length: int64(len(file))}
	all := make([]upload, n)
	for i := range all {
		e.ID, e.Case = message.NewID(), message.NewID()
		all[i].body, all[i].contentType = gatewaytest.Form(
			gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(r.Sign(e))},
			gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: file})
	}
	return all
}

// drive has each connection send the next message until there are none.
func drive(b *testing.B, posts []func(upload) error, uploads []upload, took []time.Duration) {
	b.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, post := range posts {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(uploads) {
					return
				}
				start := time.Now()
				if err := post(uploads[i]); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(start)
			}
		})
	}
	wg.Wait()
}

// connections opens so many connections, each with a TLS session that is up and a token that was used: a client keeps both.
func connections(b *testing.B, r *gatewaytest.Region, n int) []func(upload) error {
	b.Helper()
	sender := r.Person("school/vc-1")
	roots := r.CA.Pool()
	all := make([]func(upload) error, n)
	warm := prepare(b, r, n)
	for i := range all {
		transport := &http.Transport{MaxIdleConnsPerHost: 1, TLSClientConfig: &tls.Config{
			RootCAs: roots, MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{sender.Party.Client.TLS()}}}
		b.Cleanup(transport.CloseIdleConnections)
		client, token := &http.Client{Transport: transport}, sender.Token(nil)
		all[i] = func(u upload) error { return post(client, r.URL, token, u) }
		if err := all[i](warm[i]); err != nil {
			b.Fatal(err)
		}
	}
	return all
}

// post sends one message and reads the whole answer, which must be 201.
func post(c *http.Client, url, token string, u upload) error {
	req, err := http.NewRequest(http.MethodPost, url+"/v1/berichten", bytes.NewReader(u.body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", u.contentType)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusCreated {
		err = fmt.Errorf("status %d: %s", resp.StatusCode, answer)
	}
	return err
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
}
