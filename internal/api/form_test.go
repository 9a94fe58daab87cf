package api

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestNegotiate(t *testing.T) {
	both := []string{typeJSON, typeYAML}
	for _, tc := range []struct {
		name   string
		accept []string
		offer  []string
		want   string // "" for 406
	}{
		{"nothing said", nil, both, typeJSON},
		{"empty header", []string{""}, both, typeJSON},
		{"anything", []string{"*/*"}, both, typeJSON},
		{"the second", []string{"application/yaml"}, both, typeYAML},
		{"with parameters", []string{"application/yaml; charset=utf-8"}, both, typeYAML},
		{"the better one", []string{"application/json;q=0.5, application/yaml"}, both, typeYAML},
		{"two headers", []string{"text/html", "application/yaml"}, both, typeYAML},
		{"a family", []string{"application/*"}, both, typeJSON},
		{"anything but JSON", []string{"*/*, application/json;q=0"}, both, typeYAML},
		{"the specific beats the general", []string{"application/json;q=0, */*;q=1"}, []string{typeJSON}, ""},
		{"something else", []string{"text/html"}, both, ""},
		{"no quality", []string{"application/json;q=veel"}, []string{typeJSON}, ""},
		{"rubbish beside a good one", []string{";;;, application/json"}, []string{typeJSON}, typeJSON},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := negotiate(tc.accept, tc.offer)
			if got != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("got %q, %v; want %q", got, err, tc.want)
			}
		})
	}
}

func TestQueryIsStrict(t *testing.T) {
	allowed := []string{"map", "wacht"}
	for _, tc := range []struct {
		name, raw string
		faults    int // 0 when it is right
	}{
		{"empty", "", 0},
		{"known", "map=in&wacht=3", 0},
		{"unknown", "map=in&naam=x", 1},
		{"repeated", "map=in&map=uit", 1},
		{"both at once", "wacht=1&wacht=2&x=1&y=2", 2},
		{"not to be read", "map=%zz", 1},
		{"semicolons", "map=in;wacht=3", 1},
		{"other case", "Map=in", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := readQuery(tc.raw, allowed)
			var r *refusal
			switch {
			case tc.faults == 0 && err != nil:
				t.Errorf("refused: %v", err)
			case tc.faults > 0 && (!errors.As(err, &r) || r.code != badRequest || len(r.faults) != tc.faults):
				t.Errorf("got %v, want %d faults", err, tc.faults)
			case r != nil && strings.Contains(r.faults.Error(), "naam"):
				t.Error("a fault repeats what was sent")
			}
		})
	}
}

func TestContentTypeIsStrict(t *testing.T) {
	for _, tc := range []struct {
		name   string
		header http.Header
		ok     bool
	}{
		{"right", http.Header{"Content-Type": {"application/json"}}, true},
		{"with charset", http.Header{"Content-Type": {"application/json; charset=utf-8"}}, true},
		{"none", http.Header{}, false},
		{"other", http.Header{"Content-Type": {"text/json"}}, false},
		{"two", http.Header{"Content-Type": {"application/json", "text/html"}}, false},
		{"packed", http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {"gzip"}}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, authzen := range []bool{false, true} {
				err := checkContentType(tc.header, typeJSON, authzen)
				if (err == nil) != tc.ok {
					t.Fatalf("got %v", err)
				}
				want := wrongType
				if authzen {
					want = badRequest
				}
				if r := (*refusal)(nil); !tc.ok && (!errors.As(err, &r) || r.code != want) {
					t.Errorf("authzen %v: got %v, want %s", authzen, err, want)
				}
			}
		})
	}
}
