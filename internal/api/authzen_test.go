package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

const mayI = `{"subject":{"type":"deelnemer","id":"00000099000000030000/vc-1"},"action":{"name":"signaal"},
"resource":{"type":"ontvanger","id":"00000099000000020000/wijkagent"},
"context":{"convenant":{"id":"denbosch-school-en-veiligheid","versie":1},"doel":"veilige-school","grondslag":"avg-6-1-e",
"gegevens":["signaal","incident"],"fase":2,"verklaringen":{"oudersGeinformeerd":true,"proportioneel":true}}}`

type evaluation struct {
	Decision bool `json:"decision"`
	Context  struct {
		Reasons []struct {
			Code      string `json:"code"`
			Recipient string `json:"ontvanger"`
		} `json:"redenen"`
		Allowed     []string          `json:"toegestaneGegevens"`
		Obligations []json.RawMessage `json:"verplichtingen"`
		Articles    []string          `json:"artikelen"`
	} `json:"context"`
}

// TestAskingFirst: "mag ik dit delen?" is answered by the rules of sending, always with the four keys.
func TestAskingFirst(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	for _, tc := range []struct {
		name, old, new string
		allow          bool
		reason         string
	}{
		{"may", "", "", true, ""},
		{"phase too low", `"fase":2`, `"fase":1`, false, "fase-te-laag"},
		{"no phase", `,"fase":2`, ``, false, "fase-te-laag"},
		{"another category", `"incident"`, `"verzuim"`, false, "categorie-niet-toegestaan"},
		{"unknown fields are ignored", `"fase":2`, `"fase":2,"onbekend":{"a":[1]}`, true, ""},
		{"somebody else of the party", `/vc-1`, `/zc-1`, true, ""},
		{"nobody of the party", `/vc-1`, `/weg`, false, ""},
		{"another party's subject", `00000099000000030000/vc-1`, `00000099000000020000/wa-7`, false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := post(t, c, r.URL+"/access/v1/evaluation", "application/json", strings.Replace(mayI, tc.old, tc.new, 1))
			var e evaluation
			a.into(t, http.StatusOK, &e)
			if e.Decision != tc.allow || tc.reason != "" && (len(e.Context.Reasons) == 0 || e.Context.Reasons[0].Code != tc.reason) {
				t.Errorf("got %s", a.body)
			}
			if e.Context.Reasons == nil || e.Context.Allowed == nil || e.Context.Obligations == nil || e.Context.Articles == nil {
				t.Errorf("one of the four keys is missing: %s", a.body)
			}
		})
	}
}

// TestMalformedQuestionsAre400, whatever is wrong with them (AuthZEN 1.0 and WIRE: "On these paths malformed is always 400").
func TestMalformedQuestionsAre400(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	for _, tc := range []struct{ name, contentType, body, place string }{
		{"another content type", "text/plain", mayI, "Content-Type"},
		{"no JSON", "application/json", "x", ""},
		{"empty", "application/json", "", "body"},
		{"a list", "application/json", "[]", ""},
		{"nothing in it", "application/json", "{}", "subject action resource context"},
		{"wrong types", "application/json", strings.Replace(mayI, `"fase":2`, `"fase":"twee"`, 1), "context.fase"},
		{"unknown code", "application/json", strings.Replace(mayI, `"incident"`, `"alles"`, 1), "context.gegevens[1]"},
		{"unknown statement", "application/json", strings.Replace(mayI, `"proportioneel"`, `"proportionel"`, 1), "context.verklaringen"},
		{"wrong subject", "application/json", strings.Replace(mayI, `"deelnemer"`, `"user"`, 1), "subject.type"},
		{"no function", "application/json", strings.Replace(mayI, `/wijkagent`, ``, 1), "resource.id"},
		{"twice", "application/json", strings.Replace(mayI, `"fase":2`, `"fase":2,"fase":3`, 1), "context.fase"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := wrong(t, c, http.MethodPost, r.URL+"/access/v1/evaluation", tc.contentType, tc.body).refused(t, http.StatusBadRequest, "verzoek-onjuist")
			if p.places() != tc.place {
				t.Errorf("faults at %q, want %q", p.places(), tc.place)
			}
		})
	}
}
