package message_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// examples gives the examples of a schema; the first is what people start from.
func examples(t testing.TB, kind vocabulary.Kind) (bodies [][]byte) {
	t.Helper()
	list, _ := schema(t, kind)["examples"].([]any)
	for _, e := range list {
		bodies = append(bodies, encode(t, e))
	}
	if len(bodies) == 0 {
		t.Fatalf("%s has no example", kind)
	}
	return bodies
}

func TestExamplesAreValid(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		for i, body := range examples(t, kind) {
			if i == 0 && strings.Contains(string(body), `"bijlagen"`) {
				t.Errorf("the first example of %s has a file that is nobody's: people start from it", kind)
			}
			if err := message.DefaultSchemas().Validate(kind, body); err != nil {
				t.Errorf("example %d of %s: %v", i, kind, err)
			}
			if _, err := message.DefaultSchemas().Categories(kind, body); err != nil {
				t.Errorf("the categories of example %d of %s: %v", i, kind, err)
			}
		}
	}
}

// TestExamplesShowEveryField: a field that no example uses is a field that nobody has tried to fill in. Required fields are in each
// example, or it would not be valid.
func TestExamplesShowEveryField(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		document := schema(t, kind)
		defs, _ := document["$defs"].(map[string]any)
		shown := map[string]bool{}
		var show func(s map[string]any, value any, place string)
		var want func(s map[string]any, place string)
		deref := func(s map[string]any) map[string]any {
			if ref, ok := s["$ref"].(string); ok {
				return defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
			}
			return s
		}
		show = func(s map[string]any, value any, place string) {
			s = deref(s)
			switch v := value.(type) {
			case map[string]any:
				for name, inner := range v {
					shown[place+"."+name] = true
					show(s["properties"].(map[string]any)[name].(map[string]any), inner, place+"."+name)
				}
			case []any:
				for _, item := range v {
					show(s["items"].(map[string]any), item, place)
				}
			}
		}
		want = func(s map[string]any, place string) {
			s = deref(s)
			if items, ok := s["items"].(map[string]any); ok {
				want(items, place)
			}
			properties, _ := s["properties"].(map[string]any)
			for name, inner := range properties {
				if !shown[place+"."+name] {
					t.Errorf("no example shows %s%s.%s", kind, place, name)
				}
				want(inner.(map[string]any), place+"."+name)
			}
		}
		list, _ := document["examples"].([]any)
		for _, e := range list {
			show(document, e, "")
		}
		want(document, "")
	}
}

// TestExamplesAreInvented: a number in an example is one of the test numbers, and nobody's.
func TestExamplesAreInvented(t *testing.T) {
	known := []string{"999990019"}
	for _, kind := range message.DefaultSchemas().Kinds() {
		for _, body := range examples(t, kind) {
			for _, digits := range strings.FieldsFunc(string(body), func(r rune) bool { return r < '0' || r > '9' }) {
				if len(digits) == 9 && message.ValidBSN(digits) && !slices.Contains(known, digits) {
					t.Errorf("%s: an example holds a number that could be somebody's", kind)
				}
			}
		}
	}
}
