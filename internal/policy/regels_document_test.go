package policy

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestFactsAreDescribed holds the list of facts in docs/eigen-regels.md to the facts. With SLUIS_WRITE=1 it writes the list instead.
func TestFactsAreDescribed(t *testing.T) {
	const document, begin, end = "../../docs/eigen-regels.md", "<!-- feiten -->\n", "<!-- einde -->\n"
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatal("the document has no place for the facts")
	}
	text := before + begin + "| feit | waarde |\n|---|---|\n" + strings.Join(factRows("input", schemaOf(reflect.TypeFor[Facts]()).(map[string]any)), "") + end + after
	if os.Getenv("SLUIS_WRITE") != "" {
		if err := os.WriteFile(document, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text != string(data) {
		t.Error("docs/eigen-regels.md lists other facts than there are: run this test with SLUIS_WRITE=1")
	}
}

// factRows gives a row for each fact that is a word, a number or a truth.
func factRows(place string, schema map[string]any) []string {
	either, optional := schema["anyOf"].([]any)
	if optional {
		schema = either[0].(map[string]any)
	}
	switch schema["type"] {
	case "object":
		var rows []string
		properties := schema["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			rows = append(rows, factRows(place+"."+name, properties[name].(map[string]any))...)
		}
		return rows
	case "array":
		return factRows(place+"[]", schema["items"].(map[string]any))
	}
	value := map[any]string{"string": "tekst", "integer": "getal", "boolean": "waar of niet waar", nil: "hangt van de voorwaarde af"}[schema["type"]]
	if optional {
		value += ", of leeg"
	}
	return []string{fmt.Sprintf("| `%s` | %s |\n", place, value)}
}
