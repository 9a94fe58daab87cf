package message

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// categoryKey is the key in a schema that says which category of data a field holds (WIRE, "Payload").
const categoryKey = "x-gegevens"

// noCategory marks the few fields that hold nothing about a person: the id of a message, "not known". Never a free text.
const noCategory = "geen"

// statedCategory marks the fields of an attachment: the categories are those that the sender lists in `gegevens` of the same
// attachment. The items of that list have the mark too, and are the categories.
const statedCategory = "opgegeven"

// Categories gives the categories of data present in a body, sorted: of each field that is present and not null, its x-gegevens.
// A field that the schema does not have is a fault (fault.List), because nobody knows what it holds.
func (s *Schemas) Categories(kind vocabulary.Kind, body []byte) ([]vocabulary.Category, error) {
	k, err := s.known(kind)
	if err != nil {
		return nil, err
	}
	document, err := k.document()
	if err != nil {
		return nil, err
	}
	d, err := detach(body)
	if err != nil {
		return nil, err
	}
	w := categoryWalk{document: document, found: map[vocabulary.Category]bool{}}
	strictjson.Parse(d.body, strictjson.Limits{Bytes: maxBodyText, Depth: maxBodyDepth}, &w.faults)
	var instance any
	if err := json.Unmarshal(d.body, &instance); err != nil || len(w.faults) > 0 {
		if len(w.faults) == 0 {
			w.faults.Add("", "is geen geldige JSON")
		}
		return nil, w.faults.Err()
	}
	w.visit(document, instance, "")
	if err := w.faults.Err(); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(w.found)), nil
}

// categoryWalk follows a body and its schema together. Our schemas use properties, items and local $ref only; a test sees to it.
type categoryWalk struct {
	document map[string]any
	found    map[vocabulary.Category]bool
	faults   fault.List
}

func (w *categoryWalk) visit(schema map[string]any, value any, place string) {
	if ref, ok := schema["$ref"].(string); ok {
		schema = resolve(w.document, ref)
	}
	if schema == nil {
		w.faults.Add(place, "is geen bekend veld van deze soort bericht")
		return
	}
	if value == nil {
		return
	}
	properties, isObject := schema["properties"].(map[string]any)
	items, isArray := schema["items"].(map[string]any)
	switch v := value.(type) {
	case map[string]any:
		if !isObject {
			w.faults.Add(place, "mag geen object zijn")
			return
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			field, _ := properties[name].(map[string]any)
			w.visit(field, v[name], joinPlace(place, name))
		}
	case []any:
		if !isArray {
			w.faults.Add(place, "mag geen lijst zijn")
			return
		}
		for i, item := range v {
			at := place + "[" + strconv.Itoa(i) + "]"
			if items[categoryKey] == statedCategory {
				w.stated(item, at)
				continue
			}
			w.visit(items, item, at)
		}
	default:
		category, ok := schema[categoryKey].(string)
		if !ok {
			w.faults.Add(place, "mag geen losse waarde zijn")
			return
		}
		if category != noCategory && category != statedCategory {
			w.found[vocabulary.Category(category)] = true
		}
	}
}

// stated takes a category that the sender lists.
func (w *categoryWalk) stated(value any, place string) {
	code, _ := value.(string)
	if !vocabulary.Default().HasCategory(vocabulary.Category(code)) {
		w.faults.Add(place, "is geen gegevenscategorie")
		return
	}
	w.found[vocabulary.Category(code)] = true
}

// resolve follows a local reference such as `#/$defs/betrokkene`; nil when it leads nowhere.
func resolve(document map[string]any, ref string) map[string]any {
	pointer, ok := strings.CutPrefix(ref, "#")
	if !ok {
		return nil
	}
	at := document
	for _, step := range strings.Split(strings.Trim(pointer, "/"), "/") {
		if step == "" {
			continue
		}
		step = strings.ReplaceAll(strings.ReplaceAll(step, "~1", "/"), "~0", "~")
		next, ok := at[step].(map[string]any)
		if !ok {
			return nil
		}
		at = next
	}
	return at
}
