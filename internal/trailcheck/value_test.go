package trailcheck

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// Law: what is read piece by piece from canonical JSON is what Go's own library reads from it.
func TestValuesAreReadAsTheyAre(t *testing.T) {
	leaf := rapid.OneOf(rapid.String().AsAny(), rapid.Bool().AsAny(), rapid.Float64Range(-1e300, 1e300).AsAny(), rapid.Just[any](nil))
	rapid.Check(t, func(t *rapid.T) {
		canonical, err := strictjson.MarshalCanonical(map[string]any{
			"list":   rapid.SliceOfN(leaf, 0, 4).Draw(t, "list"),
			"object": rapid.MapOfN(rapid.String(), leaf, 0, 4).Draw(t, "object"),
			"deep":   []any{rapid.MapOfN(rapid.String(), leaf, 0, 2).Draw(t, "deep"), []any{}, map[string]any{}},
			"leaf":   leaf.Draw(t, "leaf"),
		})
		if err != nil {
			t.Fatal(err)
		}
		same(t, canonical)
	})
}

// same compares a value as it is read here with how encoding/json reads it.
func same(t interface{ Fatalf(string, ...any) }, canonical []byte) {
	var want any
	if err := json.Unmarshal(canonical, &want); err != nil {
		t.Fatalf("%s: %v", canonical, err)
	}
	if got := plainly(value(canonical)); !reflect.DeepEqual(got, want) {
		t.Fatalf("%s is read as %v", canonical, got)
	}
}

func plainly(v value) (out any) {
	switch v[0] {
	case '{':
		object := map[string]any{}
		for name, of := range v.members() {
			object[name.said()] = plainly(of)
		}
		return object
	case '[':
		list := []any{}
		for of := range v.elements() {
			list = append(list, plainly(of))
		}
		return list
	case '"':
		return v.said()
	}
	_ = json.Unmarshal(v, &out)
	return out
}

func TestWhatIsNotThere(t *testing.T) {
	record := value(`{"afzender":null,"getal":1.5,"lijst":["a",{"b":"c"}],"nr":7}`)
	if _, ok := record.member("afzender").member("partij").text(); ok || record.member("weg") != nil || !record.member("afzender").absent() {
		t.Error("something is read that is not there")
	}
	if _, ok := record.member("getal").whole(); ok {
		t.Error("half a number is whole")
	}
	if nr, ok := record.member("nr").whole(); !ok || nr != 7 {
		t.Errorf("nr is %d", nr)
	}
	for range record.member("nr").elements() {
		t.Error("a number has elements")
	}
}

func FuzzValue(f *testing.F) {
	f.Add([]byte(`{"a":[1,"x\\\"",{}],"b":{"c":null}}`))
	f.Add([]byte(`"\\"`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if isCanonical(data) {
			same(t, data)
		}
	})
}

// Law: marks hold what was noted of numbers in the trail, and nothing else.
func TestMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(0, 300).Draw(t, "size")
		noted := rapid.SliceOf(rapid.Int64Range(-70, 370)).Draw(t, "noted")
		m, want := newMarks(size), map[int64]bool{}
		for _, nr := range noted {
			m.note(nr)
			want[nr] = true
		}
		for nr := range size {
			if m.has(nr) != want[nr] {
				t.Fatalf("%d: %v, want %v", nr, m.has(nr), want[nr])
			}
		}
		if m.has(-1) || m.has(size+64) {
			t.Fatalf("something beyond the trail was noted")
		}
	})
}
