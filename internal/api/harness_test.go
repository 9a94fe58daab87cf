package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
)

// answer is an answer, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// call does one request. What it sends is held to openapi.yaml too, unless ctx says that it is meant to be wrong.
func call(t *testing.T, ctx context.Context, c *http.Client, method, url, contentType string, body []byte, header ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body == nil {
		r.Body, r.ContentLength = nil, 0
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, r.URL.Path, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: reading the answer: %v", method, r.URL.Path, err)
	}
	return answer{resp.StatusCode, resp.Header, data}
}

func get(t *testing.T, c *http.Client, url string, header ...string) answer {
	t.Helper()
	return call(t, context.Background(), c, http.MethodGet, url, "", nil, header...)
}

// wrong does a request that openapi.yaml does not allow.
func wrong(t *testing.T, c *http.Client, method, url, contentType, body string, header ...string) answer {
	t.Helper()
	var data []byte
	if body != "" {
		data = []byte(body)
	}
	return call(t, apitest.Invalid(context.Background()), c, method, url, contentType, data, header...)
}

func post(t *testing.T, c *http.Client, url, contentType, body string) answer {
	t.Helper()
	return call(t, context.Background(), c, http.MethodPost, url, contentType, []byte(body))
}

// into reads a JSON answer that must have a status.
func (a answer) into(t *testing.T, status int, v any) {
	t.Helper()
	a.is(t, status)
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("reading the answer: %v", err)
	}
}

func (a answer) is(t *testing.T, status int) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
}

// problem is what tests look at in a refusal.
type problem struct {
	Type     string `json:"type"`
	Instance string `json:"instance"`
	Detail   string `json:"detail"`
	Faults   []struct {
		Place   string `json:"plaats"`
		Message string `json:"melding"`
	} `json:"fouten"`
	Reasons []struct {
		Code      string `json:"code"`
		Recipient string `json:"ontvanger"`
		Text      string `json:"tekst"`
	} `json:"redenen"`
	Card map[string]any `json:"kaart"`
}

// refused reads a refusal that must have a status and a code.
func (a answer) refused(t *testing.T, status int, code string) problem {
	t.Helper()
	var p problem
	a.into(t, status, &p)
	if diff := cmp.Diff("urn:sluis:fout:"+code, p.Type); diff != "" {
		t.Fatalf("code: %s\n%s", diff, a.body)
	}
	return p
}

// places joins the places of all faults.
func (p problem) places() string {
	var list []string
	for _, f := range p.Faults {
		list = append(list, f.Place)
	}
	return strings.Join(list, " ")
}
