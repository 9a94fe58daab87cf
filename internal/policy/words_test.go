package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// The vocabulary promises that a condition is enforced; the rules keep the promise, for exactly those.
func TestEnforcedConditionsHaveRules(t *testing.T) {
	words := vocabulary.Default()
	clauses := map[string][]string{"voldaan": nil, "redenen": nil}
	eachRule(t, func(r *ast.Rule) {
		name := r.Head.Name.String()
		if _, ours := clauses[name]; ours && len(r.Head.Args) > 0 {
			if code, ok := r.Head.Args[0].Value.(ast.String); ok {
				clauses[name] = append(clauses[name], string(code))
			}
		}
	})
	for _, code := range words.Codes("voorwaarden") {
		info, _ := words.Condition(vocabulary.Condition(code))
		for name, codes := range clauses {
			if slices.Contains(codes, code) != info.Enforced {
				t.Errorf("condition %s: enforced %v, but a clause of %s: %v", code, info.Enforced, name, !info.Enforced)
			}
		}
	}
	for name, codes := range clauses {
		for _, code := range codes {
			if _, ok := words.Condition(vocabulary.Condition(code)); !ok {
				t.Errorf("%s has a clause for %q, which is no condition", name, code)
			}
		}
	}
}

// Every reason that the rules name can be told, and the placeholders of a sentence are names that somebody gives a value.
func TestReasonsCanBeTold(t *testing.T) {
	words := vocabulary.Default()
	given := []string{"soort", "doel", "grondslag", "functie", "afzender", "ontvanger", "ontvangerfunctie", "faseadvies", "vraagAan", "regels"}
	named := 0
	eachRule(t, func(r *ast.Rule) {
		if strings.HasPrefix(r.Head.Ref().String(), "bezwaar") && r.Head.Key != nil {
			if code, ok := r.Head.Key.Value.(ast.String); ok {
				named++
				if _, known := words.Reason(vocabulary.Reason(code)); !known {
					t.Errorf("%s: %s is no reason of the vocabulary", r.Location, code)
				}
			}
		}
		ast.WalkTerms(r, func(term *ast.Term) bool {
			if object, ok := term.Value.(ast.Object); ok {
				object.Foreach(func(k, _ *ast.Term) {
					if name, ok := k.Value.(ast.String); ok {
						given = append(given, string(name))
					}
				})
			}
			return false
		})
	})
	if named < 12 {
		t.Errorf("only %d rules name a reason", named)
	}
	for _, code := range words.Codes("redenen") {
		info, _ := words.Reason(vocabulary.Reason(code))
		for _, template := range []string{info.Sentence.NL, info.Sentence.EN, info.Advice.NL, info.Advice.EN} {
			for _, name := range vocabulary.Placeholders(template) {
				if !slices.Contains(given, name) {
					t.Errorf("reason %s: nobody fills {%s}", code, name)
				}
			}
		}
	}
}

func eachRule(t *testing.T, f func(*ast.Rule)) {
	t.Helper()
	rules, err := readRules(policies.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range rules.names {
		module, err := ast.ParseModule(name, rules.texts[name])
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range module.Rules {
			f(r)
		}
	}
}
