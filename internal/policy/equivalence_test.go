package policy_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The rules say the same thing twice: the short way to a yes (in_orde, vrij), and why not (bezwaar). For every message, also for
// one that misses facts, the one is the negation of the other: nothing gets through with an objection, and nothing is refused
// without one.
func TestYesAndObjectionsAreOpposites(t *testing.T) {
	const query = `
		a := count(data.sluis.algemeen.bezwaar) == 0
		b := count([1 | data.sluis.algemeen.in_orde]) == 1
		c := {i | some i in data.sluis.stromen.passend; not data.sluis.stromen.bezwaar[i]}
		d := data.sluis.stromen.vrij`
	modules, _, err := tester.Load([]string{"../../policies/sluis"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	compiler := ast.NewCompiler()
	if compiler.Compile(modules); compiler.Failed() {
		t.Fatal(compiler.Errors)
	}
	prepared, err := rego.New(rego.Query(query), rego.Compiler(compiler), rego.StrictBuiltinErrors(true),
		rego.Store(inmem.NewFromObject(map[string]any{"vocabulaire": vocabulary.Default().Data()}))).PrepareForEval(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	all := examples(t)
	yes, no := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(drawFacts(t, rapid.SampledFrom(all).Draw(t, "convenant")))
		if err != nil {
			t.Fatal(err)
		}
		var input any
		if err := json.Unmarshal(data, &input); err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "forget") {
			forget(t, input)
		}
		results, err := prepared.Eval(context.Background(), rego.EvalInput(input))
		if err != nil || len(results) != 1 {
			t.Fatalf("%d results, %v", len(results), err)
		}
		got := results[0].Bindings
		if got["a"] != got["b"] {
			t.Fatalf("no objections: %v, in order: %v", got["a"], got["b"])
		}
		without, free := got["c"].([]any), got["d"].([]any)
		if !slices.EqualFunc(without, free, func(a, b any) bool { return a == b }) {
			t.Fatalf("flows without objections %v, flows that let through %v", without, free)
		}
		if got["a"] == true && len(free) > 0 {
			yes++
		} else {
			no++
		}
	})
	if yes == 0 || no == 0 {
		t.Errorf("%d yes, %d no: one never happened", yes, no)
	}
}

// forget takes one fact away, anywhere.
func forget(t *rapid.T, tree any) {
	for {
		switch node := tree.(type) {
		case map[string]any:
			if len(node) == 0 {
				return
			}
			key := rapid.SampledFrom(slices.Sorted(maps.Keys(node))).Draw(t, "key")
			switch node[key].(type) {
			case map[string]any, []any:
				if rapid.IntRange(0, 4).Draw(t, "deeper") > 0 {
					tree = node[key]
					continue
				}
			}
			delete(node, key)
			return
		case []any:
			if len(node) == 0 {
				return
			}
			tree = rapid.SampledFrom(node).Draw(t, "item")
		default:
			return
		}
	}
}
