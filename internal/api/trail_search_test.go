package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// lookedFor looks into the trail as somebody, for something.
func lookedFor(t *testing.T, r *gatewaytest.Region, who string, what ...string) (recordsAnswer, []tlog.Record) {
	t.Helper()
	query := url.Values{"logdoel": {"interne-controle"}}
	for i := 0; i < len(what); i += 2 {
		query.Set(what[i], what[i+1])
	}
	var a recordsAnswer
	get(t, r.Person(who).HTTP(), r.URL+"/v1/auditregels?"+query.Encode()).into(t, http.StatusOK, &a)
	return a, a.read(t)
}

// TestTrailIsSearched: each question by itself and all together, for those whose records they are, and for others nothing.
func TestTrailIsSearched(t *testing.T) {
	r := gatewaytest.Start(t)
	e := r.Signal("school/vc-1", "politie/wa-7")
	kase := e.Case
	envelope, payload := r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	one := 1
	e.ID, e.Phase = message.NewID(), &one
	envelope, payload = r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).refused(t, 403, "geweigerd")

	school, police := string(r.Party("school").OIN), string(r.Party("politie").OIN)
	now := time.Now().UTC()
	past, future := now.Add(-time.Hour).Format(time.RFC3339), now.Add(time.Hour).Format(time.RFC3339)
	all := []string{"zaak", kase, "deelnemer", school + "/vc-1", "reden", "fase-te-laag", "soort", "besluit", "van", past, "tot", future}
	for _, c := range []struct {
		who  string
		what []string
		want int
	}{
		{"school/pf-1", []string{"zaak", kase}, 3},
		{"school/vc-1", []string{"zaak", kase}, 3}, // a colleague sees what the party sees
		{"politie/pf-2", []string{"zaak", kase}, 2},
		{"halt/mw-2", []string{"zaak", kase}, 0},
		{"school/pf-1", []string{"zaak", message.NewID()}, 0},
		{"school/pf-1", []string{"deelnemer", school + "/vc-1", "zaak", kase}, 3},
		{"school/pf-1", []string{"deelnemer", police + "/wa-7"}, 3},
		{"politie/pf-2", []string{"deelnemer", police + "/wa-7"}, 3}, // with the card, and without the refusal
		{"school/pf-1", []string{"deelnemer", school + "/wa-7"}, 0},
		{"school/pf-1", []string{"reden", "fase-te-laag"}, 1},
		{"politie/pf-2", []string{"reden", "fase-te-laag"}, 0},
		{"school/pf-1", []string{"reden", "fase-te-laag", "soort", "aangeboden"}, 0},
		{"school/pf-1", []string{"soort", "besluit"}, 2},
		{"politie/pf-2", []string{"soort", "besluit"}, 1},
		{"halt/mw-2", []string{"soort", "beleid"}, 1}, // for everyone
		{"school/pf-1", []string{"zaak", kase, "van", past, "tot", future}, 3},
		{"school/pf-1", []string{"van", future}, 0},
		{"school/pf-1", []string{"tot", "0001-01-01T00:00:00Z"}, 0},
		{"school/pf-1", []string{"tot", past}, 0},
		{"school/pf-1", all, 1},
		{"politie/pf-2", all, 0},
	} {
		if _, got := lookedFor(t, r, c.who, c.what...); len(got) != c.want {
			t.Errorf("%s searched %q and found %d records, want %d", c.who, c.what, len(got), c.want)
		}
	}
}

// TestTrailIsSearchedInPages: as many as were asked for, and the rest with the cursor.
func TestTrailIsSearchedInPages(t *testing.T) {
	r := gatewaytest.Start(t)
	for range 5 {
		lookedFor(t, r, "school/pf-1", "limiet", "1")
	}
	what, seen := []string{"soort", "raadpleging", "limiet", "2"}, 0
	for {
		a, page := lookedFor(t, r, "school/pf-1", what...)
		seen += len(page)
		if a.Cursor == nil {
			break
		}
		if len(page) != 2 || seen > 9 {
			t.Fatalf("%d records on a page, %d in all", len(page), seen)
		}
		what = append(what, "cursor", *a.Cursor)
	}
	if seen != 5 { // those of before the first page: what comes later is before the cursor
		t.Errorf("saw %d of 5 looks", seen)
	}
}

// TestWhatWasSearchedIsRecorded: what was asked for stands in the record of the look, and nothing that somebody may have typed about a
// youngster.
func TestWhatWasSearchedIsRecorded(t *testing.T) {
	r := gatewaytest.Start(t)
	who, kase := string(r.Party("school").OIN)+"/", message.NewID()
	for _, c := range []struct {
		what []string
		want map[string]any
	}{
		{nil, map[string]any{}},
		{[]string{"zaak", kase, "deelnemer", who + "vc-1", "van", "2026-01-01T00:00:00+01:00", "tot", "2026-02-01T00:00:00Z"},
			map[string]any{"zaak": kase, "deelnemer": who + "vc-1", "van": "2025-12-31T23:00:00Z", "tot": "2026-02-01T00:00:00Z"}},
		{[]string{"reden", "fase-te-laag", "soort", "besluit"}, map[string]any{"reden": "fase-te-laag", "soort": "besluit"}},
		{[]string{"deelnemer", who + "noor-voorbeeld", "reden", "noor-voorbeeld"}, map[string]any{"deelnemer": "onbekend", "reden": "onbekend"}},
	} {
		lookedFor(t, r, "school/pf-1", c.what...)
		_, looks := lookedFor(t, r, "school/pf-1", "soort", "raadpleging", "limiet", "1")
		var facts struct {
			Asked map[string]any `json:"gevraagd"`
		}
		if err := json.Unmarshal(looks[0].Facts, &facts); err != nil {
			t.Fatal(err)
		}
		wanted, _ := json.Marshal(c.want)
		if got, _ := json.Marshal(facts.Asked); string(got) != string(wanted) {
			t.Errorf("asked for %q, recorded as %s", c.what, got)
		}
	}
}
