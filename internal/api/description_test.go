package api

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// spec is what these tests need of the description.
type spec struct {
	Servers []struct {
		URL string `json:"url"`
	} `json:"servers"`
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Components struct {
		Schemas map[string]struct {
			Enum       []string `json:"enum"`
			Properties map[string]struct {
				Enum []*string `json:"enum"`
			} `json:"properties"`
		} `json:"schemas"`
	} `json:"components"`
}

func readSpec(t *testing.T) spec {
	t.Helper()
	data, err := describe("https://sluis.example")
	if err != nil {
		t.Fatal(err)
	}
	var s spec
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNothingIsDescribedThatIsNotThere, and everything under /v1 that is there is described.
func TestNothingIsDescribedThatIsNotThere(t *testing.T) {
	s := readSpec(t)
	if got := s.Servers[0].URL; got != "https://sluis.example/v1" {
		t.Errorf("server %s", got)
	}
	var described, there []string
	for path, operations := range s.Paths {
		for method := range operations {
			if method != "parameters" {
				described = append(described, strings.ToUpper(method)+" /v1"+path)
			}
		}
	}
	param := regexp.MustCompile(`:([a-z]+)`)
	for _, r := range routes() {
		if strings.HasPrefix(r.path, "/v1/") {
			there = append(there, r.method+" "+param.ReplaceAllString(r.path, "{$1}"))
		}
	}
	if diff := cmp.Diff(described, there, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("described (-) and there (+): %s", diff)
	}
}

// TestLoginIsDescribedAsItIs: an operation without a token says so, and no other does.
func TestLoginIsDescribedAsItIs(t *testing.T) {
	s := readSpec(t)
	param := regexp.MustCompile(`:([a-z]+)`)
	for _, r := range routes() {
		path, ok := strings.CutPrefix(param.ReplaceAllString(r.path, "{$1}"), "/v1")
		if !ok {
			continue
		}
		var op struct {
			Security *[]map[string]any `json:"security"`
		}
		if err := json.Unmarshal(s.Paths[path][strings.ToLower(r.method)], &op); err != nil {
			t.Fatal(err)
		}
		got := participant
		if op.Security != nil {
			got = anyone
			if len(*op.Security) > 0 {
				got = partyOnly
			}
		}
		if got != r.who {
			t.Errorf("%s %s: described as %d, served as %d", r.method, r.path, got, r.who)
		}
	}
}

// TestClosedListsAreTheSame in the description and in the code.
func TestClosedListsAreTheSame(t *testing.T) {
	s := readSpec(t)
	var codes []string
	for c := range kinds {
		codes = append(codes, problemURN+string(c))
	}
	compare := func(what string, got []string, want []*string) {
		t.Helper()
		var texts []string
		for _, w := range want {
			if w != nil {
				texts = append(texts, *w)
			}
		}
		if diff := cmp.Diff(texts, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Errorf("%s, described (-) and in code (+): %s", what, diff)
		}
	}
	compare("codes", codes, s.Components.Schemas["Probleem"].Properties["type"].Enum)
	var records []string
	for _, k := range tlog.Kinds {
		records = append(records, string(k))
	}
	compare("kinds of record", records, s.Components.Schemas["Auditregel"].Properties["soort"].Enum)
	if diff := cmp.Diff(s.Components.Schemas["Logdoel"].Enum, logPurposes); diff != "" {
		t.Errorf("logdoelen: %s", diff)
	}
	for _, purpose := range logPurposes {
		if !vocabulary.Default().HasLogReason(purpose) {
			t.Errorf("the vocabulary has no logdoel %s", purpose)
		}
	}
	known := []string{}
	for _, status := range statuses {
		known = append(known, string(status))
	}
	if diff := cmp.Diff(s.Components.Schemas["Status"].Enum, known, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("statuses: %s", diff)
	}
	if !slices.Contains(statuses, message.Lapsed) {
		t.Error("verlopen is a status")
	}
}

// TestEveryCodeHasAStatusThatMayBeAnswered: WIRE allows these and no others ("never 500, never 422"), and decision 0024 adds 410.
func TestEveryCodeHasAStatusThatMayBeAnswered(t *testing.T) {
	allowed := []int{400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 429, 503}
	for c, k := range kinds {
		if !slices.Contains(allowed, k.status) || k.title == "" {
			t.Errorf("%s: status %d, title %q", c, k.status, k.title)
		}
	}
	for _, known := range sentinels {
		if _, ok := kinds[known.code]; !ok || known.detail == "" {
			t.Errorf("%v: code %q, detail %q", known.err, known.code, known.detail)
		}
	}
}
