package policy

import (
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// shortcut is what is left of the way to a yes when OPA has worked out the rules for one class of messages (partial evaluation):
// along which flows a message of the class goes, under what is still to be looked at, and the answer that then follows. It only
// ever says yes. Whatever it does not say yes to, the rules themselves decide.
type shortcut struct {
	*remainder
	along  []int // of ways: the flows that all must be open, and no other; answer is for exactly those
	answer answer
}

// remainder is what is left to look at. Convenants that ask the same of a message share one.
type remainder struct {
	ways  []way
	parts []string // of vastgesteld, that the ways look at
	whole bool     // they look at more than parts: give all facts
}

// way is one flow and what is left to look at: it is open when one of the bodies holds.
type way struct {
	flow   int
	bodies []ast.Body
}

// allows reports whether a message of the class may go; an error is no answer.
func (s *shortcut) allows(ctx context.Context, e *Engine, f *Facts) (bool, error) {
	var made *ast.Term
	input := func() (term *ast.Term, err error) {
		if made == nil {
			made, err = s.input(e, f)
		}
		return made, err
	}
	for _, w := range s.ways {
		open, err := w.open(ctx, e.quick.compiler, input)
		if err != nil || open != slices.Contains(s.along, w.flow) {
			return false, err
		}
	}
	return true, nil
}

// open reports whether a message may go along the flow. input is asked for only when there is something left to look at.
func (w way) open(ctx context.Context, compiler *ast.Compiler, input func() (*ast.Term, error)) (bool, error) {
	open := false
	for _, body := range w.bodies {
		if len(body) == 0 {
			open = true // nothing left to look at
			continue
		}
		facts, err := input()
		if err != nil {
			return false, err
		}
		// Each body is looked at, also after one that holds: an error in any is an error.
		holds, err := holds(ctx, compiler, body, facts)
		if err != nil {
			return false, err
		}
		open = open || holds
	}
	return open, nil
}

// holds evaluates what is left of a rule.
func holds(ctx context.Context, compiler *ast.Compiler, body ast.Body, input *ast.Term) (bool, error) {
	cancel := topdown.NewCancel()
	stop := context.AfterFunc(ctx, cancel.Cancel)
	defer stop()
	found := false
	err := topdown.NewQuery(body).
		WithCompiler(compiler).
		WithInput(input).
		WithStrictBuiltinErrors(true).
		WithMetrics(metrics.NoOp()).
		WithCancel(cancel).
		Iter(ctx, func(topdown.QueryResult) error {
			found = true
			return nil
		})
	return found && err == nil, err
}

// input gives the facts that the ways look at, in the form that rules see.
func (s *remainder) input(e *Engine, f *Facts) (*ast.Term, error) {
	if s.whole {
		value, err := e.input(*f)
		return ast.NewTerm(value), err
	}
	items := make([][2]*ast.Term, len(s.parts))
	for i, name := range s.parts {
		items[i] = [2]*ast.Term{ast.InternedTerm(name), partTerms[name](f)}
	}
	return ast.ObjectTerm([2]*ast.Term{ast.InternedTerm("vastgesteld"), ast.ObjectTerm(items...)}), nil
}

// partTerms are the parts of vastgesteld that can be given alone. Of any other part, all facts are given.
var partTerms = map[string]func(*Facts) *ast.Term{
	"ontvanger":         func(f *Facts) *ast.Term { return recipientTerm(f.Established.Recipient) },
	"zaak":              func(f *Facts) *ast.Term { return caseTerm(f.Established.Case) },
	"antwoordOp":        func(f *Facts) *ast.Term { return optional(f.Established.InReplyTo, replyTerm) },
	"medeondertekening": func(f *Facts) *ast.Term { return optional(f.Established.CoSigned, coSignerTerm) },
	"verstuurd":         func(f *Facts) *ast.Term { return listTerm(f.Established.Sent, countTerm) },
}
