package policy

import "github.com/open-policy-agent/opa/v1/ast"

// shape makes objects with always the same keys, whose terms are made once: the input of a decision is built without going
// through JSON. A test compares it with the JSON of the same facts, which is what is kept in the record.
type shape []*ast.Term

func newShape(keys ...string) shape {
	s := make(shape, len(keys))
	for i, key := range keys {
		s[i] = ast.StringTerm(key)
	}
	return s
}

// object gives an object; values stand in the order of the keys.
func (s shape) object(values ...*ast.Term) *ast.Term {
	items := make([][2]*ast.Term, len(s))
	for i, key := range s {
		items[i] = [2]*ast.Term{key, values[i]}
	}
	return ast.ObjectTerm(items...)
}

func textTerm[T ~string](s T) *ast.Term { return ast.InternedTerm(string(s)) }

func boolTerm(b bool) *ast.Term { return ast.InternedTerm(b) }

func numberTerm(i int) *ast.Term { return ast.InternedTerm(i) }

// optional gives null for nil.
func optional[T any](v *T, term func(T) *ast.Term) *ast.Term {
	if v == nil {
		return ast.InternedNullTerm
	}
	return term(*v)
}

func listTerm[T any](items []T, term func(T) *ast.Term) *ast.Term {
	if items == nil {
		return ast.InternedNullTerm // as encoding/json writes a nil slice
	}
	terms := make([]*ast.Term, len(items))
	for i, item := range items {
		terms[i] = term(item)
	}
	return ast.ArrayTerm(terms...)
}
