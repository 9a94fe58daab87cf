package message_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

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

// TestListsAreThoseOfTheVocabulary: a code that a schema lists and a convenant can ask for is one code.
func TestListsAreThoseOfTheVocabulary(t *testing.T) {
	lists := map[string]string{"thema": "themas", "leeftijdsgroep": "leeftijdsgroepen", "drempel": "verzuimdrempels"}
	seen := map[string]bool{}
	var walk func(kind vocabulary.Kind, v any)
	walk = func(kind vocabulary.Kind, v any) {
		object, _ := v.(map[string]any)
		for name, inner := range object {
			walk(kind, inner)
			field, _ := inner.(map[string]any)
			enum, closed := field["enum"].([]any)
			if list := lists[name]; list != "" && closed {
				seen[name] = true
				var got []string
				for _, code := range enum {
					got = append(got, code.(string))
				}
				slices.Sort(got)
				if diff := cmp.Diff(vocabulary.Default().Codes(list), got); diff != "" {
					t.Errorf("%s of %s (-vocabulary +schema):\n%s", name, kind, diff)
				}
			}
		}
	}
	for _, kind := range message.DefaultSchemas().Kinds() {
		document := schema(t, kind)
		delete(document, "examples")
		walk(kind, document)
	}
	if len(seen) != len(lists) {
		t.Errorf("only %v are listed by a schema", seen)
	}
}

// TestConsultsCannotNameAnybody: an anonymous kind has no field for who it is about, and no file that could show it.
func TestConsultsCannotNameAnybody(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		info, _ := vocabulary.Default().Kind(kind)
		if !info.Anonymous {
			continue
		}
		for category := range categories(t, kind) {
			if category != "signaal" && category != "geen" {
				t.Errorf("%s is anonymous and has a field with %s", kind, category)
			}
		}
	}
}

// TestChecksIdentifyAndTellNoMore: "hit/no-hit with identifying data first" (Wgs, article 1.7(8)); a category more and the legal basis
// of a check would not cover it.
func TestChecksIdentifyAndTellNoMore(t *testing.T) {
	for _, kind := range []vocabulary.Kind{"inschrijvingsvraag", "check-op-bekendheid", "check-op-bekendheid-uitslag"} {
		for category := range categories(t, kind) {
			if category != "identiteit" && category != "geen" {
				t.Errorf("%s has a field with %s", kind, category)
			}
		}
	}
}

// categories gives every x-gegevens in a schema.
func categories(t *testing.T, kind vocabulary.Kind) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if category, ok := v["x-gegevens"].(string); ok {
				found[category] = true
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, item := range v {
				walk(item)
			}
		}
	}
	document := schema(t, kind)
	delete(document, "examples")
	walk(document)
	return found
}
