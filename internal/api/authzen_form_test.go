package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// The requests of the certification scenario of OpenID AuthZEN 1.0 (openid/authzen, certification/authorization-api-1_0-scenario.md)
// that concern form. The numbers are its test ids. Its fixture (alice, bob, record-1) is replaced by a participant of a school, somebody
// who is not one, and two functions of the police; its context, which is optional there, is required here (WIRE, "AuthZEN").
const (
	alice    = `{"type":"deelnemer","id":"00000099000000030000/vc-1"}`
	bob      = `{"type":"deelnemer","id":"00000099000000020000/wa-7"}` // of another party: always no
	read     = `{"name":"signaal"}`
	write    = `{"name":"zorgmelding"}` // which this convenant does not let a school send to the police
	record1  = `{"type":"ontvanger","id":"00000099000000020000/wijkagent"}`
	record2  = `{"type":"ontvanger","id":"00000099000000020000/jeugdcoordinator"}`
	about    = `{"convenant":{"id":"denbosch-school-en-veiligheid","versie":1},"doel":"veilige-school","grondslag":"avg-6-1-e","gegevens":["signaal","incident"],"fase":2,"verklaringen":{"oudersGeinformeerd":true,"proportioneel":true}}`
	evaluate = "/access/v1/evaluation"
	batch    = "/access/v1/evaluations"
)

// asked writes a request from parts; a part that is "" is left out.
func asked(subject, action, resource, context string, more ...string) string {
	var parts []string
	for _, p := range [][2]string{{"subject", subject}, {"action", action}, {"resource", resource}, {"context", context}} {
		if p[1] != "" {
			parts = append(parts, `"`+p[0]+`":`+p[1])
		}
	}
	return "{" + strings.Join(append(parts, more...), ",") + "}"
}

// decisions reads an answer to one evaluation, or to many.
func decisions(t *testing.T, a answer) []bool {
	t.Helper()
	var got struct {
		Decision    *bool `json:"decision"`
		Evaluations []struct {
			Decision *bool          `json:"decision"`
			Context  map[string]any `json:"context"`
		} `json:"evaluations"`
	}
	a.into(t, http.StatusOK, &got)
	if ct := a.header.Get("Content-Type"); !strings.HasPrefix(ct, "application/json") {
		t.Errorf("answered as %s", ct)
	}
	if got.Decision != nil {
		if got.Evaluations != nil {
			t.Error("a decision beside evaluations")
		}
		return []bool{*got.Decision}
	}
	var all []bool
	for i, e := range got.Evaluations {
		if e.Decision == nil {
			t.Fatalf("evaluation %d has no decision: %s", i, a.body)
		}
		all = append(all, *e.Decision)
	}
	return all
}

func wantDecisions(t *testing.T, a answer, want ...bool) {
	t.Helper()
	got := decisions(t, a)
	gotText, _ := json.Marshal(got)
	wantText, _ := json.Marshal(want)
	if string(gotText) != string(wantText) {
		t.Errorf("decisions %s, want %s: %s", gotText, wantText, a.body)
	}
}

func TestAuthZENBasic(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	with := func(part, more string) string { return strings.TrimSuffix(part, "}") + "," + more + "}" }
	for _, tc := range []struct {
		name, body string
		yes        bool
	}{
		{"c-2-2-1 permit", asked(alice, read, record1, about), true},
		{"c-2-2-2 deny", asked(alice, write, record1, about), false},
		{"c-2-2-2 deny another party's subject", asked(bob, read, record1, about), false},
		{"c-2-2-3 context with what nobody knows", asked(alice, read, record1, with(about, `"time":"2025-06-27T18:03-07:00","ip":"192.168.1.1"`)), true},
		{"c-2-2-8 additional properties", asked(with(alice, `"properties":{"department":"Sales"}`), with(read, `"properties":{"method":"GET"}`),
			with(record1, `"properties":{"status":"active","owner":"bob"}`), about), true},
		{"c-2-2-9 unknown fields", asked(alice, read, record1, about, `"foo":"bar"`, `"futureField":{"nested":{"deep":[{"er":{"and":{"on":[[[[true]]]]}}}]}}`), true},
		{"an order of members of their own", `{"resource":` + record1 + `,"context":` + about + `,"action":` + read + `,"subject":` + alice + `}`, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			wantDecisions(t, post(t, c, r.URL+evaluate, "application/json", tc.body), tc.yes)
			wantDecisions(t, post(t, c, r.URL+evaluate, "application/json; charset=utf-8", tc.body), tc.yes) // c-2-6: the same again
		})
	}
	for _, tc := range []struct{ name, contentType, body string }{
		{"c-2-4-1 no subject", "", asked("", read, record1, about)},
		{"c-2-4-1 no action", "", asked(alice, "", record1, about)},
		{"c-2-4-1 no resource", "", asked(alice, read, "", about)},
		{"no context", "", asked(alice, read, record1, "")},
		{"c-2-4-2 subject without type", "", asked(`{"id":"x"}`, read, record1, about)},
		{"c-2-4-2 subject without id", "", asked(`{"type":"deelnemer"}`, read, record1, about)},
		{"c-2-4-2 action without name", "", asked(alice, `{}`, record1, about)},
		{"c-2-4-2 resource without type", "", asked(alice, read, `{"id":"x"}`, about)},
		{"c-2-4-2 resource without id", "", asked(alice, read, `{"type":"ontvanger"}`, about)},
		{"c-2-4-3 content type", "text/plain", asked(alice, read, record1, about)},
		{"c-2-4-3 form", "application/x-www-form-urlencoded", asked(alice, read, record1, about)},
		{"c-2-4-4 no JSON", "", `{"subject":`},
		{"c-2-4-5 empty", "", ""},
		{"c-2-4-6 subject a text", "", asked(`"alice"`, read, record1, about)},
		{"c-2-4-6 name a number", "", asked(alice, `{"name":123}`, record1, about)},
		{"no object", "", `[` + asked(alice, read, record1, about) + `]`},
		{"context a list", "", asked(alice, read, record1, `[]`)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.contentType == "" {
				tc.contentType = "application/json"
			}
			for _, path := range []string{evaluate, batch} { // c-3-4-2: without `evaluations` the two are alike
				wrong(t, c, http.MethodPost, r.URL+path, tc.contentType, tc.body).refused(t, http.StatusBadRequest, "verzoek-onjuist")
			}
		})
	}
}

// TestAuthZENRequestID: c-2-5-1 and c-2-5-2, on yes, no and fault alike.
func TestAuthZENRequestID(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	for _, id := range []string{"bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "een naam met spaties", "x", strings.Repeat("a/", 300), `{"a":"b"}`} {
		for _, body := range []string{asked(alice, read, record1, about), asked(bob, read, record1, about), "{}"} {
			a := wrong(t, c, http.MethodPost, r.URL+evaluate, "application/json", body, "X-Request-ID", id)
			if got := a.header.Get("X-Request-ID"); got != id {
				t.Errorf("sent %q, got %q", id, got)
			}
		}
	}
	if a := post(t, c, r.URL+evaluate, "application/json", asked(alice, read, record1, about)); a.header.Get("X-Request-ID") == "" {
		t.Error("no id of our own")
	}
}

// TestAuthZENDiscovery: c-6-1 to c-6-5, by somebody who has no certificate.
func TestAuthZENDiscovery(t *testing.T) {
	r := gatewaytest.Start(t)
	a := get(t, r.Person("school/vc-1").HTTP(), r.URL+"/.well-known/authzen-configuration")
	var metadata map[string]string
	a.into(t, http.StatusOK, &metadata)
	if metadata["policy_decision_point"] != r.URL {
		t.Errorf("calls itself %s", metadata["policy_decision_point"])
	}
	for _, name := range []string{"access_evaluation_endpoint", "access_evaluations_endpoint", "search_subject_endpoint", "search_resource_endpoint", "search_action_endpoint"} {
		if !strings.HasPrefix(metadata[name], r.URL+"/access/v1/") {
			t.Errorf("%s is %q", name, metadata[name])
			continue
		}
		// What is announced is there.
		if a := wrong(t, r.Person("school/vc-1").HTTP(), http.MethodPost, metadata[name], "application/json", "{}"); a.status != http.StatusBadRequest {
			t.Errorf("%s answers %d", name, a.status)
		}
	}
}
