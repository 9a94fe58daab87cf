package client_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// answers is a gateway that gives a body for each cursor that is asked for.
type answers struct {
	byCursor map[string]string
	status   int // 0 for 200
	asked    int
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	a.asked++
	status, contentType := 200, "application/json"
	if a.status != 0 {
		status, contentType = a.status, "application/problem+json"
	}
	body := io.NopCloser(strings.NewReader(a.byCursor[r.URL.Query().Get("cursor")]))
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {contentType}}, Body: body}, nil
}

// reviewLine is an open review about a message, as the API gives it.
func reviewLine(id string) string {
	return fmt.Sprintf(`{"bericht":%q,"zaak":%q,"soort":"crisismelding","aanleiding":"motivering","tot":"2026-11-29T10:00:00Z"}`, id, id)
}

// TestReviewsToTheEnd: every review of every page, in order, and no more pages than it takes.
func TestReviewsToTheEnd(t *testing.T) {
	ids := []string{message.NewID(), message.NewID(), message.NewID()}
	a := &answers{byCursor: map[string]string{
		"":   `{"beoordelingen":[` + reviewLine(ids[0]) + `,` + reviewLine(ids[1]) + `],"cursor":"na"}`,
		"na": `{"beoordelingen":[` + reviewLine(ids[2]) + `],"cursor":null}`,
	}}
	officer := through(t, gatewaytest.Start(t).Person("politie/pf-2"), func(http.RoundTripper) http.RoundTripper { return a })
	n := 0
	for r, err := range officer.Reviews(t.Context()) {
		check(t, err)
		if r.Message != ids[n] || r.Kind != "crisismelding" || r.Cause != "motivering" || !r.Due.Equal(time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("review %d is %+v", n, r)
		}
		n++
	}
	if n != len(ids) || a.asked != 2 {
		t.Errorf("%d reviews in %d calls", n, a.asked)
	}
}

// TestReviewsOfADishonestGateway: nothing that steers a terminal or a path comes out, and no list goes on for ever.
func TestReviewsOfADishonestGateway(t *testing.T) {
	who := gatewaytest.Start(t).Person("politie/pf-2")
	id := message.NewID()
	page := func(line, cursor string) string { return `{"beoordelingen":[` + line + `],"cursor":"` + cursor + `"}` }
	with := func(old, other string) map[string]string {
		return map[string]string{"": page(strings.Replace(reviewLine(id), old, other, 1), "a")}
	}
	for name, byCursor := range map[string]map[string]string{
		"pages that go round":     {"": page(reviewLine(id), "a"), "a": page(reviewLine(id), "b"), "b": page(reviewLine(id), "a")},
		"the same page":           {"": page(reviewLine(id), "a"), "a": page(reviewLine(id), "a")},
		"empty pages without end": {"": page("", "a"), "a": page("", "b"), "b": page("", "a")},
		"a cursor of a megabyte":  {"": page(reviewLine(id), strings.Repeat("a", 1<<20)), strings.Repeat("a", 1<<20): `{"beoordelingen":[],"cursor":null}`},
		"a path for a message":    with(`"bericht":"`+id, `"bericht":"../`+id),
		"a path for a case":       with(`"zaak":"`+id, `"zaak":"/x/`+id),
		"a terminal's command":    with("motivering", `\u001b[2Jmotivering`),
		"a mark that turns text":  with("crisismelding", `\u202ecrisis`),
		"a time that is none":     with("2026-11-29T10:00:00Z", "morgen"),
		"a key twice":             with(`"soort"`, `"bericht":"`+id+`","soort"`),
		"another form":            {"": `{"beoordelingen":{}}`},
		"no JSON":                 {"": `<html>`},
	} {
		t.Run(name, func(t *testing.T) {
			a := &answers{byCursor: byCursor}
			officer := through(t, who, func(http.RoundTripper) http.RoundTripper { return a })
			var last error
			for r, err := range officer.Reviews(t.Context()) {
				if last = err; a.asked > 20 {
					t.Fatal("it would go on for ever")
				}
				if err == nil && (r.Message != id || r.Case != id || r.Cause != "motivering" || r.Kind != "crisismelding") {
					t.Errorf("this came out: %+v", r)
				}
			}
			refused(t, last, client.BadAnswer)
		})
	}
}

// TestReviewsOfNobodyElse: a no ends the list, with its code.
func TestReviewsOfNobodyElse(t *testing.T) {
	a := &answers{status: 403, byCursor: map[string]string{"": `{"type":"urn:sluis:fout:geen-privacyfunctionaris","status":403}`}}
	agent := through(t, gatewaytest.Start(t).Person("politie/wa-7"), func(http.RoundTripper) http.RoundTripper { return a })
	n := 0
	for _, err := range agent.Reviews(t.Context()) {
		var no *client.Problem
		if !errors.As(err, &no) || no.Status != 403 || no.Code != "geen-privacyfunctionaris" {
			t.Errorf("want a no, got %v", err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d came out", n)
	}
}
