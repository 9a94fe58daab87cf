package policy_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// A flow that does not allow what the payload of its kind always holds lets nothing through in the end: the sender's client
// declares those categories, and the rules refuse them.
func TestEachFlowAllowsWhatItsKindNeeds(t *testing.T) {
	needed := map[vocabulary.Kind][]vocabulary.Category{}
	for _, kind := range vocabulary.Default().Kinds() {
		needed[kind] = neededBy(t, kind)
	}
	for _, c := range examples(t) {
		for _, flow := range c.Flows {
			for _, category := range needed[flow.Kind] {
				if !slices.Contains(flow.Categories, category) {
					t.Errorf("%s: flow %s does not allow %s, which every %s holds", c.ID, flow.ID, category, flow.Kind)
				}
			}
		}
	}
	if !slices.Contains(needed["signaal"], "identiteit") || slices.Contains(needed["signaal"], "incident") {
		t.Errorf("a signaal needs %v", needed["signaal"])
	}
}

// TestNoExampleSharesSpecialDataOnAPublicTaskAlone: AVG, articles 9 and 10, forbid data on health and on crimes unless a law or a vital
// interest lifts that; article 6(1)(e) does not. The bases of the sector laws do, as far as they reach.
func TestNoExampleSharesSpecialDataOnAPublicTaskAlone(t *testing.T) {
	for _, c := range examples(t) {
		for _, flow := range c.Flows {
			for _, category := range []vocabulary.Category{"gezondheid", "strafrechtelijk"} {
				if slices.Contains(flow.Bases, "avg-6-1-e") && slices.Contains(flow.Categories, category) {
					t.Errorf("%s: flow %s shares %s on avg-6-1-e", c.ID, flow.ID, category)
				}
			}
		}
	}
}

// schemaPart is as much of a payload schema as tells which categories a payload cannot do without.
type schemaPart struct {
	Ref        string                `json:"$ref"`
	Defs       map[string]schemaPart `json:"$defs"`
	Properties map[string]schemaPart `json:"properties"`
	Required   []string              `json:"required"`
	Items      *schemaPart           `json:"items"`
	MinItems   int                   `json:"minItems"`
	Category   vocabulary.Category   `json:"x-gegevens"`
}

func neededBy(t *testing.T, kind vocabulary.Kind) []vocabulary.Category {
	t.Helper()
	text, err := policies.FS.ReadFile("berichten/" + string(kind) + "/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var whole schemaPart
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	var found []vocabulary.Category
	var walk func(schemaPart)
	walk = func(s schemaPart) {
		if s.Ref != "" {
			s = whole.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
		}
		if vocabulary.Default().HasCategory(s.Category) { // a field without data of a person has another mark
			found = append(found, s.Category)
		}
		for _, name := range s.Required {
			walk(s.Properties[name])
		}
		if s.Items != nil && s.MinItems > 0 {
			walk(*s.Items)
		}
	}
	walk(whole)
	return found
}
