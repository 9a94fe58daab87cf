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

func TestThemesAreThoseOfTheVocabulary(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		thema, ok := schema(t, kind)["properties"].(map[string]any)["thema"].(map[string]any)
		if !ok {
			continue
		}
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
