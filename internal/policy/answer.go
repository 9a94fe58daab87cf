package policy

import (
	"errors"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// answer is what the rules said, read strictly: a field that is absent or of another type is an error.
type answer struct {
	allow       bool
	flow        int // index in the facts' flows; -1 when none fits
	reasons     []rawReason
	categories  []string
	obligations []Obligation
}

// rawReason is a reason as the rules give it, before it is told in words.
type rawReason struct {
	code     string
	law      string // an article of law for this case
	fromFlow bool   // the flow says so, and not a rule for every message
	values   map[string]ast.Value
}

// clone gives an answer of which the lists are not shared.
func (a answer) clone() answer {
	a.reasons, a.categories, a.obligations = slices.Clone(a.reasons), slices.Clone(a.categories), slices.Clone(a.obligations)
	return a
}

func readAnswer(t *ast.Term) (answer, error) {
	r := termReader{}
	a := answer{allow: r.boolean(t, "toegestaan"), flow: r.index(t, "stroom")}
	r.each(t, "redenen", func(reason *ast.Term) {
		raw := rawReason{code: r.text(reason, "code"), law: r.text(reason, "wet"), fromFlow: r.boolean(reason, "stroom"), values: map[string]ast.Value{}}
		values, ok := r.get(reason, "gegevens").(ast.Object)
		if !ok {
			r.fail("gegevens")
			return
		}
		values.Foreach(func(k, v *ast.Term) {
			if name, ok := k.Value.(ast.String); ok {
				raw.values[string(name)] = v.Value
			}
		})
		a.reasons = append(a.reasons, raw)
	})
	r.each(t, "gegevens", func(category *ast.Term) {
		text, ok := category.Value.(ast.String)
		if !ok {
			r.fail("gegevens")
		}
		a.categories = append(a.categories, string(text))
	})
	r.each(t, "verplichtingen", func(o *ast.Term) {
		a.obligations = append(a.obligations, Obligation{Code: r.text(o, "code"), Value: r.text(o, "waarde")})
	})
	if r.err != nil {
		return answer{}, r.err
	}
	if a.allow == (len(a.reasons) > 0) {
		return answer{}, errors.New("the rules contradict themselves: a yes with reasons, or a no without")
	}
	return a, nil
}

// termReader takes fields out of terms and remembers the first that was not as it should be.
type termReader struct{ err error }

func (r *termReader) fail(name string) {
	if r.err == nil {
		r.err = fmt.Errorf("the answer of the rules has no right %q", name)
	}
}

func (r *termReader) get(t *ast.Term, name string) ast.Value {
	if object, ok := t.Value.(ast.Object); ok {
		if v := object.Get(ast.InternedTerm(name)); v != nil {
			return v.Value
		}
	}
	r.fail(name)
	return ast.Null{}
}

func (r *termReader) boolean(t *ast.Term, name string) bool {
	b, ok := r.get(t, name).(ast.Boolean)
	if !ok {
		r.fail(name)
	}
	return bool(b)
}

func (r *termReader) text(t *ast.Term, name string) string {
	s, ok := r.get(t, name).(ast.String)
	if !ok {
		r.fail(name)
	}
	return string(s)
}

// index reads a number from 0; null is -1.
func (r *termReader) index(t *ast.Term, name string) int {
	switch v := r.get(t, name).(type) {
	case ast.Null:
		return -1
	case ast.Number:
		if i, ok := v.Int(); ok && i >= 0 {
			return i
		}
	}
	r.fail(name)
	return -1
}

func (r *termReader) each(t *ast.Term, name string, f func(*ast.Term)) {
	switch v := r.get(t, name).(type) {
	case *ast.Array:
		v.Foreach(f)
	case ast.Set:
		v.Foreach(f)
	default:
		r.fail(name)
	}
}
