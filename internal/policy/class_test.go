package policy

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"pgregory.net/rapid"
)

// TestClassIsWhatItFixes: the text of a class is the same for two messages exactly when every fact that it fixes is the same.
func TestClassIsWhatItFixes(t *testing.T) {
	same, other := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		f := Facts{Established: drawEstablished(t), Stated: drawStated(t)}
		g := f
		from := Facts{Established: drawEstablished(t), Stated: drawStated(t)}
		for _, half := range [][2]reflect.Value{
			{reflect.ValueOf(&g.Established).Elem(), reflect.ValueOf(from.Established)}, {reflect.ValueOf(&g.Stated).Elem(), reflect.ValueOf(from.Stated)},
		} {
			if rapid.Bool().Draw(t, "change") {
				i := rapid.IntRange(0, half[0].NumField()-1).Draw(t, "field")
				half[0].Field(i).Set(half[1].Field(i))
			}
		}
		alike := reflect.DeepEqual(fixed(t, f), fixed(t, g))
		if alike {
			same++
		} else {
			other++
		}
		if got := string(classText(nil).write(&f)) == string(classText(nil).write(&g)); got != alike {
			t.Fatalf("the same text: %v, the same facts: %v\n%v\n%v", got, alike, fixed(t, f), fixed(t, g))
		}
	})
	if same == 0 || other == 0 {
		t.Errorf("%d the same, %d other: one never happened", same, other)
	}
}

// fixed gives the value of each fact that a class fixes, but for the flows.
func fixed(t *rapid.T, f Facts) map[string]any {
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	for _, place := range knownPlaces {
		if place == "vastgesteld.convenant.stromen" {
			continue
		}
		value := tree
		for _, key := range strings.Split(place, ".") {
			inside, ok := value.(map[string]any)
			if !ok {
				value = "null" // such as of no Wpg decision
				break
			}
			value = inside[key]
		}
		values[place] = value
	}
	return values
}

// TestEachFactIsKnownOrOpen: no fact is forgotten when the rules are worked out, and no place of a class is one that is not there.
func TestEachFactIsKnownOrOpen(t *testing.T) {
	f := Facts{Established: Established{InReplyTo: &ReplyFacts{}, Wpg: &WpgFacts{}}}
	found := map[string]bool{}
	for _, place := range knownPlaces {
		found[place] = true
	}
	for _, term := range unknowns(&f) {
		place := strings.TrimPrefix(term.Value.(ast.Ref).String(), "input.")
		if found[place] {
			t.Errorf("%s is both known and open", place)
		}
		found[place] = true
	}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	var walk func(place string, node map[string]any)
	walk = func(place string, node map[string]any) {
		for key, value := range node {
			here := strings.TrimPrefix(place+"."+key, ".")
			inside, deeper := value.(map[string]any)
			switch {
			case deeper && !found[here]:
				walk(here, inside)
			case !found[here]:
				t.Errorf("%s is neither known nor open", here)
			}
			delete(found, here)
		}
	}
	walk("", tree)
	for place := range found {
		t.Errorf("%s is no fact", place)
	}
}
