package message_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// schema gives the schema of a kind as a document.
func schema(t testing.TB, kind vocabulary.Kind) map[string]any {
	t.Helper()
	raw, ok := message.DefaultSchemas().Raw(kind)
	if !ok {
		t.Fatalf("%s has no schema", kind)
	}
	var document map[string]any
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	return document
}

// TestSchemasAreOfTheAgreedForm holds each schema to policies/berichten/README.md.
func TestSchemasAreOfTheAgreedForm(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		document := schema(t, kind)
		if source, _ := document["$comment"].(string); source == "" {
			t.Errorf("%s: no source in $comment", kind)
		}
		delete(document, "$comment")
		if document["$id"] != "urn:sluis:soort:"+string(kind) || document["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
			t.Errorf("%s: $id or $schema is another one", kind)
		}
		delete(document, "$id")
		delete(document, "$schema")
		delete(document, "examples")
		defs, _ := document["$defs"].(map[string]any)
		delete(document, "$defs")
		used := map[string]bool{}
		form := formOf{t: t, used: used}
		form.check(string(kind), document)
		for name, def := range defs {
			form.check(string(kind)+"#"+name, def.(map[string]any))
			if !used[name] {
				t.Errorf("%s: $defs/%s is not used", kind, name)
			}
		}
		if len(used) != len(defs) {
			t.Errorf("%s refers to %v and defines %d", kind, used, len(defs))
		}
	}
}

type formOf struct {
	t    *testing.T
	used map[string]bool
}

// keywords are what each type of field may use. What is not here the walk over categories would not understand.
var keywords = map[string][]string{
	"object":  {"title", "description", "type", "additionalProperties", "properties", "required", "minProperties"},
	"array":   {"title", "description", "type", "items", "minItems", "maxItems", "uniqueItems"},
	"string":  {"title", "description", "type", "x-gegevens", "minLength", "maxLength", "enum", "format", "pattern", "contentEncoding"},
	"integer": {"title", "description", "type", "x-gegevens", "minimum", "maximum"},
	"boolean": {"title", "description", "type", "x-gegevens"},
}

func (f formOf) check(place string, s map[string]any) {
	if ref, ok := s["$ref"].(string); ok {
		name, local := strings.CutPrefix(ref, "#/$defs/")
		if f.used[name] = true; !local || len(s) != 1 {
			f.t.Errorf("%s: $ref with other keywords, or out of its file", place)
		}
		return
	}
	kind, _ := s["type"].(string)
	for key := range s {
		if !slices.Contains(keywords[kind], key) {
			f.t.Errorf("%s: %s in a field of type %q", place, key, kind)
		}
	}
	if s["title"] == nil || s["description"] == nil {
		f.t.Errorf("%s: no title or description", place)
	}
	switch kind {
	case "object":
		properties, _ := s["properties"].(map[string]any)
		if s["additionalProperties"] != false || len(properties) == 0 {
			f.t.Errorf("%s: takes unknown fields", place)
		}
		required, _ := s["required"].([]any)
		for _, name := range required {
			if properties[fmt.Sprint(name)] == nil {
				f.t.Errorf("%s: requires %v, which it does not have", place, name)
			}
		}
		for name, property := range properties {
			f.check(place+"."+name, property.(map[string]any))
		}
	case "array":
		if s["maxItems"] == nil || s["minItems"] == nil {
			f.t.Errorf("%s: a list without bounds", place)
		}
		f.check(place+"[]", s["items"].(map[string]any))
	default:
		f.leaf(place, s)
	}
}

func (f formOf) leaf(place string, s map[string]any) {
	category, _ := s["x-gegevens"].(string)
	_, closed := s["enum"]
	if s["type"] == "string" && s["maxLength"] == nil && !closed {
		f.t.Errorf("%s: a text without a longest length", place)
	}
	free := s["type"] == "string" && !closed && s["format"] == nil && s["pattern"] == nil
	if free && s["minLength"] == nil {
		f.t.Errorf("%s: a text that may be empty", place)
	}
	if s["type"] == "integer" && (s["minimum"] == nil || s["maximum"] == nil) {
		f.t.Errorf("%s: a number without bounds", place)
	}
	switch {
	case category == "opgegeven" && strings.Contains(place, "#bijlage"):
	case category == "geen" && free:
		f.t.Errorf("%s: free text needs a category", place)
	case category != "geen" && !vocabulary.Default().HasCategory(vocabulary.Category(category)):
		f.t.Errorf("%s: %q is no category", place, category)
	}
}
