package message

import (
	"maps"
	"slices"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Needed gives the categories of data that a payload of a kind cannot do without, sorted: those of the fields that its schema
// requires. A flow that does not allow them lets nothing through in the end. nil for a kind that has no schema.
func (s *Schemas) Needed(kind vocabulary.Kind) []vocabulary.Category {
	k, err := s.known(kind)
	if err != nil {
		return nil
	}
	document, err := k.document()
	if err != nil {
		return nil
	}
	found := map[vocabulary.Category]bool{}
	var walk func(map[string]any)
	walk = func(schema map[string]any) {
		if ref, ok := schema["$ref"].(string); ok {
			schema = resolve(document, ref)
		}
		// A field without data about a person has another mark.
		if code, ok := schema[categoryKey].(string); ok && vocabulary.Default().HasCategory(vocabulary.Category(code)) {
			found[vocabulary.Category(code)] = true
		}
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if name, ok := name.(string); ok {
				field, _ := properties[name].(map[string]any)
				walk(field)
			}
		}
		if items, ok := schema["items"].(map[string]any); ok && atLeastOne(schema["minItems"]) {
			walk(items)
		}
	}
	walk(document)
	return slices.Sorted(maps.Keys(found))
}

func atLeastOne(minItems any) bool {
	n, ok := minItems.(float64)
	return ok && n > 0
}
