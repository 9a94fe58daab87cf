package policy

import (
	"cmp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// plainer leaves out what is said twice within a body, and each body that asks for more than another one does. Only comparisons and
// facts are left out so: anything else could be an error, and stays.
func plainer(bodies []ast.Body) []ast.Body {
	for i, body := range bodies {
		var once ast.Body
		for _, expr := range body {
			if !slices.ContainsFunc(once, func(o *ast.Expr) bool { return same(o, expr) }) {
				once.Append(expr.Copy())
			}
		}
		bodies[i] = once
	}
	slices.SortStableFunc(bodies, func(a, b ast.Body) int { return cmp.Compare(len(a), len(b)) })
	var kept []ast.Body
	for _, body := range bodies {
		if !slices.ContainsFunc(kept, func(k ast.Body) bool { return asksMore(body, k) }) {
			kept = append(kept, body)
		}
	}
	return kept
}

// asksMore: body is all of other, and besides only what cannot be an error.
func asksMore(body, other ast.Body) bool {
	found := 0
	for _, expr := range body {
		if slices.ContainsFunc(other, func(o *ast.Expr) bool { return same(o, expr) }) {
			found++
		} else if expr.IsCall() && !expr.IsEquality() {
			return false
		}
	}
	return found == len(other)
}

// same: wherever in the body they stand.
func same(a, b *ast.Expr) bool {
	moved := *b
	moved.Index = a.Index
	return a.Compare(&moved) == 0
}

// look finds out which facts the ways look at. It is errNoShortcut when they look at anything but facts.
func (s *remainder) look() error {
	var fault error
	visit := func(ref ast.Ref) bool {
		switch {
		case ref.HasPrefix(ast.DefaultRootRef):
			fault = errNoShortcut // a rule, or the vocabulary: not worked out
		case !ref.HasPrefix(ast.InputRootRef) || s.whole:
		case len(ref) > 2 && ref[1].Equal(ast.InternedTerm("vastgesteld")):
			name, _ := ref[2].Value.(ast.String)
			if _, alone := partTerms[string(name)]; !alone {
				s.whole = true
			} else if !slices.Contains(s.parts, string(name)) {
				s.parts = append(s.parts, string(name))
			}
		default:
			s.whole = true
		}
		return false
	}
	for _, w := range s.ways {
		for _, body := range w.bodies {
			ast.WalkRefs(body, visit)
			for _, expr := range body {
				if len(expr.With) > 0 {
					fault = errNoShortcut
				}
			}
		}
	}
	return fault
}
