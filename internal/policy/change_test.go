package policy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/policy"
)

// changed gives the facts with other values at places such as vastgesteld/zaak/nieuw.
func changed(t testing.TB, f policy.Facts, other map[string]any) policy.Facts {
	t.Helper()
	if len(other) == 0 {
		return f
	}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	for place, value := range other {
		if !set(tree, strings.Split(place, "/"), value) {
			t.Fatalf("%s is no place in the facts", place)
		}
	}
	if data, err = json.Marshal(tree); err != nil {
		t.Fatal(err)
	}
	var out policy.Facts
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func set(tree any, place []string, value any) bool {
	switch tree := tree.(type) {
	case map[string]any:
		if _, there := tree[place[0]]; !there {
			return false
		}
		if len(place) == 1 {
			tree[place[0]] = value
			return true
		}
		return set(tree[place[0]], place[1:], value)
	case []any:
		return place[0] == "0" && len(tree) > 0 && len(place) > 1 && set(tree[0], place[1:], value)
	}
	return false
}
