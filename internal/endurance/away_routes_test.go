package endurance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/sluis-gateway/sluis/internal/api"
)

// operation is something that the API can be asked: its operationId in openapi.yaml, or its path where another specification describes it.
type operation struct{ name, method, path string }

// operations gives everything that openapi.yaml describes, in its order, and what follows other specifications. What AuthZEN answers is found in
// its own metadata.
func (s *served) operations(t testing.TB) (list []operation) {
	t.Helper()
	var described struct {
		Paths yaml.MapSlice `yaml:"paths"`
	}
	must(t, yaml.Unmarshal(api.Description(), &described))
	for _, path := range described.Paths {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if one, ok := path.Value.(map[string]any)[strings.ToLower(method)].(map[string]any); ok {
				list = append(list, operation{fmt.Sprint(one["operationId"]), method, "/v1" + fmt.Sprint(path.Key)})
			}
		}
	}
	list = append(list, operation{metadata, http.MethodGet, metadata}, operation{"/log/checkpoint", http.MethodGet, "/log/checkpoint"},
		operation{"/log/tile", http.MethodGet, "/log/tile/0/000.p/1"})
	got := s.desk(t, "school/vc-1").call(t.Context(), http.MethodGet, metadata, "", nil)
	var points map[string]string
	must(t, json.Unmarshal(got.body, &points))
	for name, url := range points {
		if path, ok := strings.CutPrefix(url, s.URL); ok && strings.HasSuffix(name, "_endpoint") {
			list = append(list, operation{path, http.MethodPost, path})
		}
	}
	if len(list) < 38 {
		t.Fatalf("only %d operations are found: this would show little", len(list))
	}
	return list
}

const metadata = "/.well-known/authzen-configuration"

// without are the operations that are answered without the database, and why that is no harm.
var without = map[string]string{
	"beschrijving": "a text in the binary, for everybody",
	"lijstSoorten": "the same",
	"toonSchema":   "the same",
	"logsleutel":   "a key that does not change while the process runs",
	metadata:       "addresses of this gateway",
}

// way is how an operation is called so that it succeeds when all is well.
type way struct {
	who         string   // <party>/<id>
	in          []string // for what stands between braces in the path
	query       string
	contentType string
	body        []byte
	stream      bool // it is answered with a stream that does not end soon
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

// fill gives the path with its parameters and its query.
func (w way) fill(t testing.TB, path string) string {
	t.Helper()
	for _, value := range w.in {
		at := braces.FindStringIndex(path)
		if at == nil {
			t.Fatalf("%s has fewer parameters than %v", path, w.in)
		}
		path = path[:at[0]] + value + path[at[1]:]
	}
	if braces.MatchString(path) {
		t.Fatalf("%s has more parameters than %v", path, w.in)
	}
	return path + w.query
}
