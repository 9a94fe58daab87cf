package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// mutant is one way in which one file is spoilt.
type mutant struct {
	file   string
	line   int
	what   string
	module *ast.Module
}

// The ways to spoil a rule. Each takes away or turns around one thing that somebody decided to write.
const (
	noCondition = "condition removed"
	noNegation  = "`not` removed"
	noRule      = "rule removed"
	noElse      = "`else` removed"
	flipped     = "default turned around"
	moved       = "bound moved" // <= for <, and so on
)

var otherBound = map[string]string{"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt", "equal": "neq", "neq": "equal"}

// mutantsOf gives every mutant of a file, each with a copy of its own.
func mutantsOf(file string, m *ast.Module) []mutant {
	var all []mutant
	for n := 0; ; n++ {
		w := walk{left: n, module: m.Copy()}
		w.rules()
		if w.what == "" {
			return all
		}
		all = append(all, mutant{file: file, line: w.line, what: w.what, module: w.module})
	}
}

// walk passes all places where a module can be spoilt, in order, and spoils the one after `left` others.
type walk struct {
	left   int
	module *ast.Module
	line   int
	what   string // "" until something was spoilt
}

// here reports whether this is the place.
func (w *walk) here(at *ast.Location, what string) bool {
	if w.what != "" {
		return false
	}
	if w.left--; w.left >= 0 {
		return false
	}
	w.line, w.what = at.Row, what
	return true
}

func (w *walk) rules() {
	for i := 0; i < len(w.module.Rules); i++ {
		r := w.module.Rules[i]
		if w.here(r.Location, noRule) {
			w.module.Rules = append(w.module.Rules[:i:i], w.module.Rules[i+1:]...)
			return
		}
		if r.Default {
			if b, ok := r.Head.Value.Value.(ast.Boolean); ok && w.here(r.Location, flipped) {
				r.Head.Value = ast.BooleanTerm(!bool(b))
			}
			continue
		}
		for ; r != nil; r = r.Else {
			if r.Else != nil && w.here(r.Else.Location, noElse) {
				r.Else = r.Else.Else
			}
			w.closures(r.Head)
			w.body(&r.Body)
		}
	}
}

func (w *walk) body(b *ast.Body) {
	for i, expr := range *b {
		switch {
		case w.what != "":
			return
		case !always(expr) && w.here(expr.Location, noCondition):
			left := append(append(ast.Body{}, (*b)[:i]...), (*b)[i+1:]...)
			if len(left) == 0 {
				left = ast.Body{ast.NewExpr(ast.BooleanTerm(true))}
			}
			*b = ast.NewBody(left...)
			return
		case expr.Negated && w.here(expr.Location, noNegation):
			expr.Negated = false
			return
		}
		w.bound(expr)
		w.closures(expr)
	}
}

// always reports whether an expression is the `true` of a rule without conditions.
func always(e *ast.Expr) bool {
	t, ok := e.Terms.(*ast.Term)
	return ok && !e.Negated && t.Equal(ast.BooleanTerm(true))
}

func (w *walk) bound(e *ast.Expr) {
	terms, ok := e.Terms.([]*ast.Term)
	if !ok || !e.IsCall() {
		return
	}
	if other, ok := otherBound[e.Operator().String()]; ok && w.here(e.Location, moved) {
		terms[0] = ast.NewTerm(ast.Ref{ast.VarTerm(other)})
	}
}

// closures passes the bodies inside a node: of comprehensions and of `every`.
func (w *walk) closures(node any) {
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.ArrayComprehension:
			w.closures(x.Term)
			w.body(&x.Body)
		case *ast.SetComprehension:
			w.closures(x.Term)
			w.body(&x.Body)
		case *ast.ObjectComprehension:
			w.closures(x.Key)
			w.closures(x.Value)
			w.body(&x.Body)
		case *ast.Every:
			w.closures(x.Domain)
			w.body(&x.Body)
		default:
			return false
		}
		return true
	}).Walk(node)
}
