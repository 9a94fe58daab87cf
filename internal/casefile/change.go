package casefile

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/policy"
)

// changed gives facts with other values at some places of their JSON, such as `vastgesteld/zaak/nieuw`.
func changed(f policy.Facts, other map[string]any) (policy.Facts, error) {
	if len(other) == 0 {
		return f, nil
	}
	data, err := json.Marshal(f)
	if err != nil {
		return policy.Facts{}, fmt.Errorf("writing the facts of a case: %w", err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return policy.Facts{}, fmt.Errorf("reading the facts of a case: %w", err)
	}
	for _, place := range slices.Sorted(maps.Keys(other)) {
		if !set(tree, strings.Split(place, "/"), other[place]) {
			return policy.Facts{}, fmt.Errorf("changing the facts of a case: %q is no place in them", place)
		}
	}
	if data, err = json.Marshal(tree); err != nil {
		return policy.Facts{}, fmt.Errorf("writing the changed facts of a case: %w", err)
	}
	var out policy.Facts
	if err := json.Unmarshal(data, &out); err != nil {
		return policy.Facts{}, fmt.Errorf("changing the facts of a case to a value of another kind: %w", err)
	}
	return out, nil
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
		i, err := strconv.Atoi(place[0])
		return err == nil && i >= 0 && i < len(tree) && len(place) > 1 && set(tree[i], place[1:], value)
	}
	return false
}
