package policy_test

import (
	"context"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestRegoTests runs what `opa test --coverage policies` runs: the tests beside the rules, and every line of a rule covered.
func TestRegoTests(t *testing.T) {
	modules, store, err := tester.Load([]string{"../../policies"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Abort(ctx, txn)
	coverage := cover.New()
	results, err := tester.NewRunner().SetCompiler(ast.NewCompiler()).SetStore(store).SetModules(modules).
		SetCoverageQueryTracer(coverage).RaiseBuiltinErrors(true).RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for r := range results {
		ran++
		if !r.Pass() || r.Skip {
			t.Errorf("%s: %s.%s: %v", r.Location, r.Package, r.Name, r.Error)
		}
	}
	if ran < 70 {
		t.Errorf("only %d Rego tests", ran)
	}
	for name, file := range coverage.Report(modules).Files {
		for _, missed := range file.NotCovered {
			t.Errorf("%s:%d: not covered by any test", name, missed.Start.Row)
		}
	}
	besideEachRule(t, modules)
}

// besideEachRule: each file of rules has its test beside it.
func besideEachRule(t *testing.T, modules map[string]*ast.Module) {
	for name := range modules {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		if _, tested := modules[strings.TrimSuffix(name, ".rego")+"_test.rego"]; !tested {
			t.Errorf("%s has no test beside it", name)
		}
	}
}
