package apitest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// witness notes what the transport finds wrong.
type witness struct {
	testing.TB
	found []string
}

func (w *witness) Errorf(format string, args ...any) {
	w.found = append(w.found, fmt.Sprintf(format, args...))
}

// fixed answers everything in one way.
type fixed struct {
	status      int
	contentType string
	body        string
	header      http.Header
}

func (f fixed) RoundTrip(r *http.Request) (*http.Response, error) {
	h := http.Header{"Content-Type": {f.contentType}, "Api-Version": {"1.0.0"}, "X-Request-Id": {"a"}}
	for k, v := range f.header {
		if h[k] = v; v == nil {
			delete(h, k)
		}
	}
	return &http.Response{StatusCode: f.status, Header: h, Body: io.NopCloser(strings.NewReader(f.body)), Request: r}, nil
}

const (
	list = `{"berichten":[],"cursor":null}`
	no   = `{"type":"urn:sluis:fout:niet-gevonden","title":"t","status":404,"detail":"d","instance":"urn:uuid:019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"}`
)

func TestMismatchesAreFound(t *testing.T) {
	const asked = "/v1/berichten?map=in"
	for _, tc := range []struct {
		name, path string
		answer     fixed
		finds      bool
	}{
		{"right", asked, fixed{200, "application/json", list, nil}, false},
		{"an unknown key", asked, fixed{200, "application/json", `{"berichten":[],"cursor":null,"meer":1}`, nil}, true},
		{"a missing key", asked, fixed{200, "application/json", `{"berichten":[]}`, nil}, true},
		{"a wrong type", asked, fixed{200, "application/json", `{"berichten":{},"cursor":null}`, nil}, true},
		{"a wrong format", asked, fixed{200, "application/json", `{"berichten":[],"cursor":"x"}`, nil}, true},
		{"another content type", asked, fixed{200, "text/html", list, nil}, true},
		{"a status that is not described", asked, fixed{418, "application/problem+json", no, nil}, true},
		{"a 500", asked, fixed{500, "application/problem+json", strings.ReplaceAll(no, "404", "500"), nil}, true},
		{"another version", asked, fixed{200, "application/json", list, http.Header{"Api-Version": {"2.0.0"}}}, true},
		{"no version", asked, fixed{200, "application/json", list, http.Header{"Api-Version": nil}}, true},
		{"a code that is not in the list", "/v1/zaken/019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11",
			fixed{404, "application/problem+json", strings.Replace(no, "niet-gevonden", "weg", 1), nil}, true},
		{"a problem that is right", "/v1/zaken/019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11", fixed{404, "application/problem+json", no, nil}, false},
		{"a request with an unknown key", "/v1/berichten?map=weg", fixed{200, "application/json", list, nil}, true},
		{"a path that is not described", "/v1/weg", fixed{200, "application/json", list, nil}, true},
		{"outside the description", "/log/checkpoint", fixed{200, "text/plain", "x", nil}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := &witness{TB: t}
			r := httptest.NewRequest(http.MethodGet, "https://localhost:8443"+tc.path, nil)
			r.Header.Set("Authorization", "Bearer x")
			resp, err := Transport(w, tc.answer).RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			if body, _ := io.ReadAll(resp.Body); string(body) != tc.answer.body {
				t.Errorf("the answer was changed to %s", body)
			}
			if got := len(w.found) > 0; got != tc.finds {
				t.Errorf("found %q, want something: %v", w.found, tc.finds)
			}
		})
	}
}

// TestWrongRequestsMayBeSent when they say that they are meant to be wrong; their answer still counts.
func TestWrongRequestsMayBeSent(t *testing.T) {
	w := &witness{TB: t}
	ask := func(answer fixed) {
		r := httptest.NewRequestWithContext(Invalid(context.Background()), http.MethodGet, "https://localhost:8443/v1/berichten?map=weg", nil)
		if _, err := Transport(w, answer).RoundTrip(r); err != nil {
			t.Fatal(err)
		}
	}
	if ask(fixed{200, "application/json", list, nil}); len(w.found) != 0 {
		t.Errorf("found %q", w.found)
	}
	if ask(fixed{200, "application/json", "{}", nil}); len(w.found) == 0 {
		t.Error("a wrong answer to a wrong request was not found")
	}
}
