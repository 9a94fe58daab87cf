package policy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/types"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// What the rules of a convenant are called. Each convenant has a compiler of its own, so that all of them may use the same names.
const (
	ownQuery           = "data.convenant.weiger"
	ownFile            = "regels"
	refuses    ast.Var = "weiger"
	maxNesting         = 100 // of brackets and terms
)

var (
	ownPackage = ast.MustParseRef("data.convenant")
	regoV1     = ast.MustParseRef("rego.v1")
	printing   = ast.Ref{ast.VarTerm("print")}
)

// ownBuiltins are the functions that the rules of a convenant may use: they compare, count and look things up. None of them looks outside
// its arguments, and none gives something much larger than these.
var ownBuiltins = []string{"eq", "equal", "neq", "lt", "lte", "gt", "gte", "assign", "internal.member_2", "internal.member_3", "count", "sum",
	"max", "min", "plus", "minus", "abs", "and", "or", "startswith", "endswith", "contains", "lower", "object.get", "is_null", "is_boolean",
	"is_string", "is_number", "is_array", "is_object"}

// loose is put before each value that enters a list: it must be one word or number. Lists of lists of lists could take all memory in
// one step: in a text of a page, a list of twice the list before it has a thousand million of items after thirty lines.
var loose = &rego.Function{Name: "sluis.los", Decl: types.NewFunction(types.Args(types.A), types.B)}

var errNested = errors.New("a list in the rules of a convenant holds another list")

func isLoose(_ rego.BuiltinContext, t *ast.Term) (*ast.Term, error) {
	switch t.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
		return ast.InternedTerm(true), nil
	}
	return nil, errNested
}

var ownCapabilities = sync.OnceValue(func() *ast.Capabilities {
	c := pureCapabilities()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return !slices.Contains(ownBuiltins, b.Name) })
	c.Builtins = append(c.Builtins, &ast.Builtin{Name: loose.Name, Decl: loose.Decl})
	return c
})

// compileOwn compiles the rules of one convenant. The faults have line and column in text.
func compileOwn(ctx context.Context, text string) (*rego.PreparedEvalQuery, fault.List, error) {
	parser := ast.NewParser().WithFilename(ownFile).WithReader(strings.NewReader(text)).WithMaxRecursionDepth(maxNesting).
		WithCapabilities(ownCapabilities()).WithRegoVersion(ast.RegoV1)
	if _, _, errs := parser.Parse(); len(errs) > 0 {
		return nil, inDutch(errs), nil
	}
	module, err := ast.ParseModuleWithOpts(ownFile, text, ast.ParserOptions{Capabilities: ownCapabilities(), RegoVersion: ast.RegoV1})
	var errs ast.Errors
	switch {
	case errors.As(err, &errs):
		return nil, inDutch(errs), nil
	case err != nil:
		return nil, fault.List{{Place: ownFile, Message: notRego}}, nil
	}
	if faults := checkForm(module); len(faults) > 0 {
		return nil, placed(faults), nil
	}
	guard(module)
	compiler := ast.NewCompiler().WithCapabilities(ownCapabilities()).WithStrict(true).WithSchemas(factsSchema())
	if compiler.Compile(map[string]*ast.Module{ownFile: module}); compiler.Failed() {
		return nil, inDutch(compiler.Errors), nil
	}
	prepared, err := rego.New(rego.Query(ownQuery), rego.Compiler(compiler), rego.Function1(loose, isLoose), rego.StrictBuiltinErrors(true),
		rego.GenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t, nil }),
	).PrepareForEval(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("preparing the rules of a convenant: %w", err)
	}
	return &prepared, nil, nil
}

// guard puts [loose] before everything that enters a list.
func guard(m *ast.Module) {
	decl := &ast.Builtin{Name: loose.Name, Decl: loose.Decl}
	check := func(t *ast.Term) *ast.Expr {
		expr := decl.Expr(t.Copy())
		ast.NewGenericVisitor(func(x any) bool {
			switch x := x.(type) {
			case *ast.Term:
				x.Location = t.Location
			case *ast.Expr:
				x.Location = t.Location
			}
			return false
		}).Walk(expr)
		return expr
	}
	ast.WalkRules(m, func(r *ast.Rule) bool {
		if r.Head.Key != nil && r.Head.Name != refuses {
			r.Body.Append(check(r.Head.Key))
		}
		return false
	})
	ast.WalkTerms(m, func(t *ast.Term) bool {
		switch v := t.Value.(type) {
		case *ast.ArrayComprehension:
			v.Body.Append(check(v.Term))
		case *ast.SetComprehension:
			v.Body.Append(check(v.Term))
		case *ast.ObjectComprehension:
			v.Body.Append(check(v.Key))
			v.Body.Append(check(v.Value))
		}
		return false
	})
}
