package gateway_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

const (
	// noIncidents is what the convenant of the region brings.
	noIncidents = "regels: |\n  package convenant\n\n  weiger contains \"Niet over incidenten.\" if \"incident\" in input.gesteld.gegevens\n\n" +
		"  # deze komt nooit klaar\n  d := [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n\n" +
		"  weiger contains \"nooit\" if {\n    input.gesteld.fase == 3\n    some a in d\n    some b in d\n    some c in d\n    some e in d\n" +
		"    some f in d\n    some g in d\n    some h in d\n    some i in d\n    some j in d\n    a + b + c + e + f + g + h + i + j == 99\n  }\n"
	unreadable = "regels: |\n  package convenant\n\n  weiger contains \"x\" if http.send({\"url\": \"http://localhost\"})\n"
)

// TestOwnRulesOfAConvenant: what a convenant brings decides at the gateway from the moment that it is in force, also after a start; what
// does not compile is not kept, and what does not end is no decision.
func TestOwnRulesOfAConvenant(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Agreeing(func(text []byte) []byte { return append(text, noIncidents...) }))
	for range 2 {
		status, body := sendAbout(t, r, 2, "signaal", "incident")
		if status != http.StatusForbidden || !strings.Contains(body, `"regel-van-het-convenant"`) || !strings.Contains(body, "Niet over incidenten.") {
			t.Errorf("%d %s", status, body)
		}
		if status, body := sendAbout(t, r, 2, "signaal"); status != http.StatusCreated {
			t.Errorf("%d %s", status, body)
		}
		if status, body := sendAbout(t, r, 3, "signaal"); status != http.StatusServiceUnavailable || strings.Contains(body, "nooit") {
			t.Errorf("rules that do not end: %d %s", status, body)
		}
		r.Restart()
	}

	text := strings.Replace(exampleText(t), "versie: 1", "versie: 2", 1) + unreadable
	var problem struct {
		Faults []struct {
			Place string `json:"plaats"`
			Line  int    `json:"regel"`
		} `json:"fouten"`
	}
	path := "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies"
	status := ask(t, r, "gemeente/cb-1", http.MethodPost, path, text, &problem)
	line := 1 + strings.Count(text[:strings.Index(text, "weiger")], "\n")
	if status != http.StatusBadRequest || len(problem.Faults) != 1 || problem.Faults[0].Place != "regels" || problem.Faults[0].Line != line {
		t.Errorf("%d %+v, want line %d", status, problem, line)
	}
	var other json.RawMessage
	if status := ask(t, r, "gemeente/cb-1", http.MethodGet, path+"/2", "", &other); status != http.StatusNotFound {
		t.Errorf("version 2 is there: %d", status)
	}
}

// sendAbout sends a signal of a phase with some categories.
func sendAbout(t *testing.T, r *gatewaytest.Region, phase int, about ...vocabulary.Category) (int, string) {
	t.Helper()
	e := r.Signal("school/vc-1", "politie/wa-7")
	e.Phase, e.Categories = &phase, about
	envelope, payload := r.Seal(e, 100)
	resp := r.Person("school/vc-1").Send(envelope, payload)
	defer resp.Body.Close()
	var body json.RawMessage
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// exampleText is the convenant of the region as it is written.
func exampleText(t *testing.T) string {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/" + gatewaytest.ConvenantID + "/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
