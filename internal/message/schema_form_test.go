package message_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
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

func TestKindsOfTheFirstScenarioHaveASchema(t *testing.T) {
	want := []vocabulary.Kind{
		"correctie", "crisismelding", "informatieantwoord", "informatieverzoek", "inschrijvingsantwoord",
		"inschrijvingsvraag", "signaal", "terugkoppeling", "zorgmelding",
	}
	if diff := cmp.Diff(want, message.DefaultSchemas().Kinds()); diff != "" {
		t.Error(diff)
	}
	for _, kind := range want {
		if _, ok := vocabulary.Default().Kind(kind); !ok {
			t.Errorf("the vocabulary does not know %s", kind)
		}
	}
	if _, ok := message.DefaultSchemas().Raw("notificatie"); ok {
		t.Error("a kind without a schema was given one")
	}
}

func TestExamplesAreValid(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		body := example(t, kind)
		if err := message.DefaultSchemas().Validate(kind, body); err != nil {
			t.Errorf("the example of %s: %v", kind, err)
		}
		if _, err := message.DefaultSchemas().Categories(kind, body); err != nil {
			t.Errorf("the categories of the example of %s: %v", kind, err)
		}
	}
}

// example gives the one example of a schema.
func example(t testing.TB, kind vocabulary.Kind) []byte {
	t.Helper()
	examples, _ := schema(t, kind)["examples"].([]any)
	if len(examples) != 1 {
		t.Fatalf("%s has %d examples, want 1", kind, len(examples))
	}
	return encode(t, examples[0])
}

// TestSchemasAreOfTheAgreedForm holds each schema to policies/berichten/README.md.
func TestSchemasAreOfTheAgreedForm(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		document := schema(t, kind)
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
	"string":  {"title", "description", "type", "x-gegevens", "minLength", "maxLength", "enum", "format", "pattern"},
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
	switch {
	case category == "geen" && free:
		f.t.Errorf("%s: free text needs a category", place)
	case category != "geen" && !vocabulary.Default().HasCategory(vocabulary.Category(category)):
		f.t.Errorf("%s: %q is no category", place, category)
	}
}

// TestSharedPartsAreEqual: a betrokkene is the same thing in each kind.
func TestSharedPartsAreEqual(t *testing.T) {
	first := map[string]string{}
	for _, kind := range message.DefaultSchemas().Kinds() {
		defs, _ := schema(t, kind)["$defs"].(map[string]any)
		for name, def := range defs {
			canonical, err := strictjson.MarshalCanonical(def)
			if err != nil {
				t.Fatal(err)
			}
			if first[name] == "" {
				first[name] = string(canonical)
			}
			if first[name] != string(canonical) {
				t.Errorf("%s has a %s of its own", kind, name)
			}
		}
	}
	if first["betrokkene"] == "" {
		t.Error("no kind has a betrokkene")
	}
}

func TestThemesAreThoseOfTheVocabulary(t *testing.T) {
	for _, kind := range []vocabulary.Kind{"signaal", "crisismelding"} {
		thema := schema(t, kind)["properties"].(map[string]any)["thema"].(map[string]any)
		var got []string
		for _, theme := range thema["enum"].([]any) {
			got = append(got, theme.(string))
		}
		slices.Sort(got)
		if diff := cmp.Diff(vocabulary.Default().Codes("themas"), got); diff != "" {
			t.Errorf("%s (-vocabulary +schema):\n%s", kind, diff)
		}
	}
}

// TestRulesOfTheReadme: the table of categories says what the schemas say.
func TestRulesOfTheReadme(t *testing.T) {
	readme, err := policies.FS.ReadFile("berichten/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range message.DefaultSchemas().Kinds() {
		document := schema(t, kind)
		must, may := map[string]bool{}, map[string]bool{}
		var walk func(s map[string]any, required bool)
		walk = func(s map[string]any, required bool) {
			if ref, ok := s["$ref"].(string); ok {
				s = document["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
			}
			properties, _ := s["properties"].(map[string]any)
			for name, property := range properties {
				list, _ := s["required"].([]any)
				walk(property.(map[string]any), required && slices.Contains(list, any(name)))
			}
			if items, ok := s["items"].(map[string]any); ok {
				walk(items, required && s["minItems"].(float64) > 0)
			}
			if category, ok := s["x-gegevens"].(string); ok && category != "geen" {
				if may[category] = true; required {
					must[category] = true
				}
			}
		}
		walk(document, true)
		for category := range must {
			delete(may, category)
		}
		row := fmt.Sprintf("| %s | %s | %s |", kind, cell(must), cell(may))
		if !strings.Contains(string(readme), row) {
			t.Errorf("the README should say:\n%s", row)
		}
	}
}

func cell(categories map[string]bool) string {
	if len(categories) == 0 {
		return "–"
	}
	return strings.Join(slices.Sorted(maps.Keys(categories)), ", ")
}
