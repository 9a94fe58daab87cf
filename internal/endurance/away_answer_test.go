package endurance

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// answered is an answer with its headers.
type answered struct {
	reply
	header http.Header
}

// try calls an operation, over HTTP/2 as most software does, and holds request and answer to openapi.yaml. status 0: no answer.
func (s *served) try(t *testing.T, o operation, w way) answered {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*longest(o))
	defer cancel()
	var body io.Reader
	if w.body != nil {
		body = bytes.NewReader(w.body)
	}
	req, err := http.NewRequestWithContext(ctx, o.method, s.URL+w.fill(t, o.path), body)
	must(t, err)
	if w.contentType != "" {
		req.Header.Set("Content-Type", w.contentType)
	}
	who, caller := s.Person(w.who), s.Person(w.who).HTTP()
	if w.stream { // which the one that holds answers to openapi.yaml would read to its end
		d := s.desk(t, w.who)
		req.Header.Set("Authorization", "Bearer "+d.token)
		caller = d.http
	}
	resp, err := caller.Do(req)
	if err != nil {
		t.Errorf("%s as %s is not answered: %v", o.name, who.ID, err)
		return answered{}
	}
	defer resp.Body.Close()
	got := answered{reply{status: resp.StatusCode}, resp.Header}
	if w.stream && resp.StatusCode == http.StatusOK {
		return got
	}
	if got.body, err = io.ReadAll(resp.Body); err != nil {
		t.Errorf("%s as %s is not answered whole: %v", o.name, who.ID, err)
		return answered{}
	}
	return got
}

// tellsTheTruth looks whether a 503 says when to try again, and of what was sent no more than is known: a sender who reads that nothing was kept
// writes the message anew, and what was kept before arrives twice.
func (s *served) tellsTheTruth(t *testing.T, o operation, got answered) {
	t.Helper()
	var said struct {
		Type   string `json:"type"`
		Detail string `json:"detail"`
	}
	if err := json.Unmarshal(got.body, &said); err != nil || said.Type != "urn:sluis:fout:nu-niet-mogelijk" {
		t.Errorf("%s: %s (%v)", o.name, got.body, err)
	}
	if after, err := strconv.Atoi(got.header.Get("Retry-After")); err != nil || after < 1 || after > 60 {
		t.Errorf("%s does not say when to try again: %q", o.name, got.header.Get("Retry-After"))
	}
	switch same := strings.Contains(said.Detail, "precies hetzelfde"); {
	case keeps(o) && !same, strings.Contains(said.Detail, "niets bewaard"):
		t.Errorf("%s does not say that the same may be sent again: %s", o.name, said.Detail)
	case !keeps(o) && (same || !strings.Contains(said.Detail, "opnieuw")):
		t.Errorf("%s speaks of sending to who only asks: %s", o.name, said.Detail)
	}
}

// notKept is what a sender reads of what was not kept; where that is not known he must read something else.
func notKept(got reply) bool { return bytes.Contains(got.body, []byte("is niet vastgelegd")) }
