package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// answering is a client whose gateway gives one answer to everything.
func answering(t *testing.T, answer func(*http.Request) (*http.Response, error)) *Client {
	t.Helper()
	dir, _ := complete(t)
	p, err := LoadProfile(dir)
	check(t, err)
	c, err := New(p, WithTransport(func(http.RoundTripper) http.RoundTripper { return roundTrip(answer) }))
	check(t, err)
	return c
}

func response(status int, contentType, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {contentType}}, Body: io.NopCloser(strings.NewReader(body))}
}

func TestAnswersThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		answer *http.Response
		code   RefusalCode
	}{
		"redirect": {&http.Response{StatusCode: 307, Header: http.Header{"Location": {"https://elders.example/v1/berichten"}},
			Body: http.NoBody}, Redirected},
		"moved":         {&http.Response{StatusCode: 301, Header: http.Header{"Location": {"/v1/"}}, Body: http.NoBody}, Redirected},
		"html":          {response(200, "text/html", "{}"), BadAnswer},
		"not JSON":      {response(200, "application/json", "{"), BadAnswer},
		"key twice":     {response(200, "application/json", `{"berichten":[],"berichten":[]}`), BadAnswer},
		"more after it": {response(200, "application/json", `{"berichten":[]}{}`), BadAnswer},
		"too long":      {response(200, "application/json", strings.Repeat(" ", maxAnswer+1)), BadAnswer},
		"wrong type":    {response(200, "application/json", `{"berichten":7}`), BadAnswer},
		"id is a path": {response(200, "application/json", `{"berichten":[{"id":"../../kaarten","soort":"signaal","status":"aangeboden","tijd":"2026-11-21T10:00:00Z",
			"zaak":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11","afzender":{"partij":"00000099000000020000","deelnemer":"wa-7"}}],"cursor":null}`), BadAnswer},
		"kind steers the screen": {response(200, "application/json", `{"berichten":[{"id":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11","soort":"\u001b[2J","status":"aangeboden","tijd":"2026-11-21T10:00:00Z",
			"zaak":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11","afzender":{"partij":"00000099000000020000","deelnemer":"wa-7"}}],"cursor":null}`), BadAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			client := answering(t, func(*http.Request) (*http.Response, error) { calls++; return c.answer, nil })
			_, err := client.List(t.Context(), Query{})
			wants(t, err, c.code)
			if calls != 1 {
				t.Errorf("%d calls: a refused answer was followed or asked again", calls)
			}
		})
	}
}

func TestRepeatedOnlyWhenNobodyKnowsWhetherItWasDone(t *testing.T) {
	for name, c := range map[string]struct {
		repeatable bool
		answer     func(n int) (*http.Response, error)
		want       int
	}{
		"breaks once, repeatable": {true, func(n int) (*http.Response, error) {
			if n == 1 {
				return nil, io.ErrUnexpectedEOF
			}
			return response(200, "application/json", "{}"), nil
		}, 2},
		"keeps breaking":          {true, func(int) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, attempts},
		"breaks, not repeatable":  {false, func(int) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, 1},
		"a no is not asked again": {true, func(int) (*http.Response, error) { return response(503, problemType, "{}"), nil }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			var bodies []string
			client := answering(t, func(r *http.Request) (*http.Response, error) {
				calls++
				data, _ := io.ReadAll(r.Body)
				bodies = append(bodies, string(data))
				return c.answer(calls)
			})
			_, _ = client.post(t.Context(), "/v1/x", "application/jose", []byte("a.b.c"), request{repeatable: c.repeatable})
			if calls != c.want {
				t.Errorf("%d calls, want %d", calls, c.want)
			}
			for _, b := range bodies {
				if b != "a.b.c" {
					t.Errorf("a call was repeated with another body: %q", b)
				}
			}
		})
	}
}

func TestUnreachableTellsNoQuery(t *testing.T) {
	client := answering(t, nil)
	client.profile.URL = "https://127.0.0.1:1"
	client.http.Transport = transport(client.profile)
	_, err := client.List(t.Context(), Query{Cursor: "geheim-kenmerk"})
	var gone *UnreachableError
	if !errors.As(err, &gone) || strings.Contains(err.Error(), "geheim-kenmerk") {
		t.Errorf("got %v", err)
	}
}

func TestTokenIsUsedUntilAMinuteBeforeItEnds(t *testing.T) {
	seen := map[string]bool{}
	client := answering(t, func(r *http.Request) (*http.Response, error) {
		seen[r.Header.Get("Authorization")] = true
		if r.URL.RawQuery != "map=in" {
			t.Errorf("unexpected query %q", r.URL.RawQuery)
		}
		return response(200, "application/json", `{"berichten":[],"cursor":null}`), nil
	})
	now := time.Now()
	client.now = func() time.Time { return now }
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {time.Minute, 1}, {2*time.Minute + 59*time.Second, 1}, {2 * time.Second, 2}} {
		now = now.Add(step.after)
		_, err := client.List(t.Context(), Query{})
		check(t, err)
		if len(seen) != step.want {
			t.Errorf("after %v: %d tokens, want %d", step.after, len(seen), step.want)
		}
	}
}

func TestCardIsPublishedWithoutAToken(t *testing.T) {
	client := answering(t, func(r *http.Request) (*http.Response, error) {
		if r.Header.Get("Authorization") != "" {
			t.Error("a token was sent: a party that joins has no participant yet")
		}
		return response(409, problemType, `{"type":"urn:sluis:fout:versie-past-niet"}`), nil
	})
	_, err := client.PublishCard(t.Context(), "a.b.c")
	var no *Problem
	if !errors.As(err, &no) || no.Code != "versie-past-niet" {
		t.Errorf("got %v", err)
	}
}

func TestCancelledIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	client := answering(t, func(*http.Request) (*http.Response, error) { cancel(); return nil, context.Canceled })
	start := time.Now()
	if _, err := client.List(ctx, Query{}); !errors.Is(err, context.Canceled) || time.Since(start) > 5*time.Second {
		t.Errorf("got %v", err)
	}
}

func TestLongPayloadIsNotCopiedWhole(t *testing.T) {
	lading := bytes.Repeat([]byte("x"), 8<<20)
	client := answering(t, func(r *http.Request) (*http.Response, error) {
		n, err := io.Copy(io.Discard, r.Body)
		check(t, err)
		if n != r.ContentLength {
			t.Errorf("%d bytes came, %d were announced", n, r.ContentLength)
		}
		return response(503, problemType, "{}"), nil
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = client.deliver(t.Context(), sealed{lading: lading})
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	if allocated > 1<<20 {
		t.Errorf("%d bytes were allocated to send %d", allocated, len(lading))
	}
}
