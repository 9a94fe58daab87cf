package client_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestHoldAndRelease goes the whole way: hold, see it in the list, release.
func TestHoldAndRelease(t *testing.T) {
	r := gatewaytest.Start(t)
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 10)
	resp := r.Person("school/vc-1").Send(envelope, payload)
	resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Fatal(resp.Status)
	}
	officer := through(t, r.Person("school/pf-1"), func(real http.RoundTripper) http.RoundTripper { return real })
	record, err := officer.Hold(t.Context(), e.Case, "klacht")
	check(t, err)
	if record.Kind != tlog.Held || record.Reasons[0] != "klacht" {
		t.Errorf("the record says %s for %v", record.Kind, record.Reasons)
	}
	var listed []client.Hold
	for h, err := range officer.Holds(t.Context()) {
		check(t, err)
		listed = append(listed, h)
	}
	if len(listed) != 1 || listed[0].Case != e.Case || listed[0].Reason != "klacht" || listed[0].Since.IsZero() {
		t.Errorf("the list holds %+v", listed)
	}
	_, err = officer.Release(t.Context(), e.Case, "klacht")
	check(t, err)
	var no *client.Problem
	if _, err := officer.Release(t.Context(), e.Case, "klacht"); !errors.As(err, &no) || no.Status != http.StatusNotFound {
		t.Errorf("released twice: %v", err)
	}
	if _, err := officer.Hold(t.Context(), "../x", "klacht"); err == nil || errors.As(err, &no) && no.Status == 0 {
		t.Errorf("a case that is none: %v", err)
	}
}

// TestHoldsOfADishonestGateway: nothing that steers a terminal or a path comes out, no list goes on for ever, and no hold is believed
// without its own receipt.
func TestHoldsOfADishonestGateway(t *testing.T) {
	good := `{"zaak":"` + message.NewID() + `","reden":"klacht","sinds":"2026-11-22T10:00:00Z"}`
	p := gatewaytest.Start(t).Person("school/pf-1")
	for name, pages := range map[string]map[string]string{
		"a path":           {"": `{"vasthoudingen":[{"zaak":"../x","reden":"klacht","sinds":"2026-11-22T10:00:00Z"}],"cursor":null}`},
		"a terminal":       {"": `{"vasthoudingen":[` + strings.Replace(good, "klacht", `\u001b[2J`, 1) + `],"cursor":null}`},
		"the same page":    {"": `{"vasthoudingen":[` + good + `],"cursor":"na"}`, "na": `{"vasthoudingen":[` + good + `],"cursor":"na"}`},
		"an empty page":    {"": `{"vasthoudingen":[],"cursor":"na"}`},
		"something else":   {"": `[]`},
		"a time of no day": {"": `{"vasthoudingen":[` + strings.Replace(good, "2026-11-22", "2026-13-40", 1) + `],"cursor":null}`},
	} {
		officer := through(t, p, func(http.RoundTripper) http.RoundTripper { return &answers{byCursor: pages} })
		var last error
		n := 0
		for _, err := range officer.Holds(t.Context()) {
			if last = err; n > 10 {
				break
			}
			n++
		}
		if last == nil {
			t.Errorf("%s was believed", name)
		}
	}
	liar := through(t, p, func(http.RoundTripper) http.RoundTripper {
		return &answers{byCursor: map[string]string{"": `{"ontvangst":{"auditregel":{},"bewijs":""}}`}}
	})
	if _, err := liar.Hold(t.Context(), message.NewID(), "klacht"); err == nil {
		t.Error("a hold without a receipt was believed")
	}
}
