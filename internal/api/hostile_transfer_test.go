package api_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// transferAttacks are about how a message is sent: packed, cut off, without its length.
func transferAttacks() []attack {
	whole := func(s *siege) ([]byte, string) {
		envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 700<<10) // staged in chunks
		return gatewaytest.Form(envelopePart(envelope), payloadPart(payload))
	}
	packed := func(name string, header ...string) attack {
		return attack{name: "transfer: " + name, status: 415, code: "inhoudstype-onjuist", do: func(s *siege) answer {
			body, contentType := whole(s)
			return s.uploadRaw(body, contentType, header...)
		}}
	}
	return []attack{
		packed("gzip", "Content-Encoding", "gzip"),
		packed("gzip, twice", "Content-Encoding", "gzip, gzip"),
		packed("identity", "Content-Encoding", "identity"),
		packed("two content types", "Content-Type", "application/json"),
		{name: "transfer: HTTP/1.1, cut off", do: func(s *siege) answer {
			body, contentType := whole(s)
			c := s.dial()
			defer c.Close()
			fmt.Fprintf(c, "POST /v1/berichten HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
				s.sender().Token(nil), contentType, len(body))
			if _, err := c.Write(body[:len(body)/2]); err != nil {
				s.t.Fatalf("writing half a body: %v", err)
			}
			s.awaitStaged()
			return answer{}
		}},
		{name: "transfer: HTTP/2, cut off", do: func(s *siege) answer {
			body, contentType := whole(s)
			s.abandoned(body[:len(body)/2], contentType)
			return answer{}
		}},
		{name: "transfer: without a length, ends early", do: func(s *siege) answer {
			body, contentType := whole(s)
			return s.stream(io.LimitReader(&repeated{body}, int64(len(body)-100)), contentType)
		}, status: 400, code: "verzoek-onjuist"},
		{name: "transfer: without a length, does not end", do: func(s *siege) answer {
			envelope, _ := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			body, contentType := gatewaytest.Form(envelopePart(envelope), payloadPart([]byte("x")))
			at := len(body) - len("x\r\n--\r\n--") - 60 // before the payload's end: what follows belongs to it
			return s.stream(io.LimitReader(&repeated{body[:at]}, 80<<20), contentType)
		}, status: 400, code: "verzoek-onjuist"},
	}
}

// repeated gives its text and then random bytes without end.
type repeated struct{ text []byte }

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.text) == 0 {
		return rand.Read(p)
	}
	n := copy(p, r.text)
	r.text = r.text[n:]
	return n, nil
}

// stream sends a form without saying how long it is.
func (s *siege) stream(form io.Reader, contentType string) answer {
	s.t.Helper()
	return s.streamTo("/v1/berichten", contentType, form)
}

// abandoned sends a part of a form over HTTP/2, waits until the gateway has kept some of it, and goes away.
func (s *siege) abandoned(begin []byte, contentType string) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(apitest.Invalid(context.Background()))
	defer cancel()
	reader, writer := io.Pipe()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/v1/berichten", reader)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	done := make(chan struct{})
	client := s.sender().HTTP()
	go func() {
		defer close(done)
		if resp, err := client.Do(r); err == nil {
			resp.Body.Close()
		}
	}()
	if _, err := writer.Write(begin); err != nil {
		s.t.Fatalf("writing half a body: %v", err)
	}
	s.awaitStaged()
	cancel()
	<-done
}

// awaitStaged waits until the gateway holds something that is not yet a message: else there would be nothing to throw away.
func (s *siege) awaitStaged() {
	s.t.Helper()
	for until := time.Now().Add(10 * time.Second); s.held()["staged"] == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			s.t.Fatal("nothing was staged: the attack does not do what it says")
		}
	}
}

// streamTo posts over HTTP/2 without a length. What goes wrong on the way is no answer. It may run beside the other attacks, so it
// fails nothing itself, and goes around the transport that reads a body first.
func (s *siege) streamTo(path, contentType string, body io.Reader) answer {
	certificate := s.Party("school").Client.TLS()
	tr := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: s.CA.Pool(), Certificates: []tls.Certificate{certificate}}}
	defer tr.CloseIdleConnections()
	r, err := http.NewRequest(http.MethodPost, s.URL+path, io.NopCloser(body))
	if err != nil {
		return answer{}
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", "Bearer "+s.sender().Token(nil))
	resp, err := (&http.Client{Transport: tr}).Do(r)
	if err != nil {
		return answer{}
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}
	}
	return answer{resp.StatusCode, resp.Header, data}
}
