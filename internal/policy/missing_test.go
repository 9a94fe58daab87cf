package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// What is missing is never a yes: without any one of the facts a message that was allowed is refused, but for the facts that
// decide nothing. OPA lifts references out of a negation, so that `not x in input.y` is no objection when y is missing; this
// test finds such a rule.
func TestAMissingFactIsNeverAYes(t *testing.T) {
	// Facts that only name, or that a rule reads as "does not apply" when they are missing.
	idle := []string{"tijd", "id", "versie", "digest", "deelnemer", "partij", "artikel", "reactietermijn", "doorvoertermijn",
		"soortOnderwijs", "urgentie", "aantalVragen", "betrokkenen", "wpgBesluit", "motivering", "betrokken",
		"samenwerkingsverband", "waarde", "oudersGeinformeerd", "checkBeantwoord", "kantooruren", "gestuurd", "gestuurdeGegevens", "ondertekend", "regels", "vervangenDoor"}
	e, err := New(context.Background(), policies.FS, vocabulary.Default())
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(missingFacts())
	if err != nil {
		t.Fatal(err)
	}
	if !allowed(t, e, data) {
		t.Fatal("the facts are not allowed to begin with")
	}
	removed := 0
	for _, place := range places(decode(t, data), nil) {
		key, _ := place[len(place)-1].(string)
		if slices.Contains(idle, key) || slices.Equal(place, []any{"vastgesteld", "convenant", "doelen"}) {
			continue
		}
		tree := decode(t, data)
		remove(tree, place)
		without, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		removed++
		if allowed(t, e, without) {
			t.Errorf("allowed without %v", place)
		}
	}
	if removed < 40 {
		t.Errorf("only %d facts were taken away", removed)
	}
}

func missingFacts() Facts {
	phase := 2
	flow := convenant.Flow{ID: "f", Kind: "signaal", From: convenant.Side{Role: "school", Functions: []vocabulary.Function{"zorgcoordinator"}},
		To: convenant.Side{Role: "politie", Functions: []vocabulary.Function{"wijkagent"}}, Purposes: []vocabulary.Purpose{"veilige-school"},
		Bases: []vocabulary.Basis{"avg-6-1-e"}, Categories: []vocabulary.Category{"signaal"}, MaxPeople: 3,
		Conditions: []convenant.Condition{{Code: "vaste-contactpersoon"}, {Code: "fase-minimaal", Parameter: 2.0}, {Code: "proportioneel"},
			{Code: "vier-ogen"}, {Code: "maximum", Parameter: map[string]any{"aantal": 3.0, "per": "P1D"}}}}
	return Facts{
		Established: Established{
			Convenant: ConvenantFacts{Known: true, InForce: true, Flows: []convenant.Flow{flow}},
			Sender:    PersonFacts{Role: "school", Member: true, Pinned: true, CardValid: true, Function: "zorgcoordinator", OnCard: true},
			Recipient: RecipientFacts{Role: "politie", Member: true, Pinned: true, CardValid: true, Function: "wijkagent",
				People: []AddresseeFacts{{ID: "wa", OnCard: true, CardValid: true}}},
			Case: CaseFacts{New: true}, Subjects: 1,
			CoSigned: &CoSignerFacts{Other: true, CardValid: true}, Sent: []CountFacts{{Per: "P1D", Count: 2}},
		},
		Stated: Stated{Kind: "signaal", Purpose: "veilige-school", Basis: "avg-6-1-e", Categories: []vocabulary.Category{"signaal"},
			Phase: &phase, Urgency: "regulier", Statements: map[vocabulary.Statement]bool{"proportioneel": true}},
	}
}

// allowed asks the rules about any JSON; an error of the rules is a no.
func allowed(t *testing.T, e *Engine, facts []byte) bool {
	t.Helper()
	input, err := ast.ValueFromReader(bytes.NewReader(facts))
	if err != nil {
		t.Fatal(err)
	}
	results, err := e.prepared.Eval(context.Background(), rego.EvalParsedInput(input))
	if err != nil || len(results) == 0 {
		return false
	}
	a, err := readAnswer(results[0].Expressions[0].Value.(*ast.Term))
	return err == nil && a.allow
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// places lists every key of every object, with the way to it.
func places(tree any, way []any) [][]any {
	var list [][]any
	switch tree := tree.(type) {
	case map[string]any:
		for key, value := range tree {
			here := append(slices.Clone(way), key)
			list = append(append(list, here), places(value, here)...)
		}
	case []any:
		for i, value := range tree {
			list = append(list, places(value, append(slices.Clone(way), i))...)
		}
	}
	return list
}

func remove(tree any, place []any) {
	for _, step := range place[:len(place)-1] {
		switch step := step.(type) {
		case string:
			tree = tree.(map[string]any)[step]
		case int:
			tree = tree.([]any)[step]
		}
	}
	delete(tree.(map[string]any), place[len(place)-1].(string))
}
