package policy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// The two questions that are worked out ahead. `antwoord` is `toestemming` along all of `doorgang`; [rules.shortcutsHold] sees to it
// that the rules say so.
const (
	passage    = "data.sluis.besluit.doorgang[stroom]"
	permission = "antwoord = data.sluis.besluit.toestemming(%s)"
)

// Bounds on the making of one shortcut. A class that needs more has none, and is decided by the rules each time.
const (
	makingTerm = 250 * time.Millisecond
	maxBodies  = 16
)

// errNoShortcut says that the rules leave too much open for this class.
var errNoShortcut = errors.New("the rules leave too much open")

// makeShortcut works out the rules for the class of these facts, which the rules allowed with this answer.
func (w partialWork) makeShortcut(ctx context.Context, allowed answer) (*shortcut, error) {
	ctx, cancel := context.WithTimeout(ctx, w.engine.quick.term)
	defer cancel()
	bodies, err := w.partial(ctx, passage)
	if err != nil {
		return nil, err
	}
	s := &shortcut{remainder: &remainder{}}
	if s.ways, err = waysOf(bodies); err != nil {
		return nil, err
	}
	if err := s.look(); err != nil {
		return nil, err
	}
	if err := s.compile(w.engine.quick.compiler); err != nil {
		return nil, err
	}
	if s.along, err = w.open(ctx, s.ways); err != nil {
		return nil, err
	}
	flows := ast.NewSet()
	for _, i := range s.along {
		flows.Add(ast.InternedTerm(i))
	}
	if bodies, err = w.partial(ctx, fmt.Sprintf(permission, flows)); err != nil {
		return nil, err
	}
	if s.answer, err = answerIn(bodies); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(s.answer, allowed) {
		return nil, errNoShortcut // another answer than the rules gave: they decide
	}
	return s, nil
}

// compile brings what is left into the form that is evaluated.
func (s *remainder) compile(compiler *ast.Compiler) error {
	for _, w := range s.ways {
		for i, body := range w.bodies {
			if len(body) == 0 {
				continue
			}
			compiled, err := compiler.QueryCompiler().Compile(body)
			if err != nil {
				return err
			}
			w.bodies[i] = compiled
		}
	}
	return nil
}

// open gives the flows along which the message goes that the shortcut is made from.
func (w partialWork) open(ctx context.Context, ways []way) ([]int, error) {
	var along []int
	input := ast.NewTerm(w.input)
	for _, way := range ways {
		open, err := way.open(ctx, w.engine.quick.compiler, func() (*ast.Term, error) { return input, nil })
		if err != nil {
			return nil, err
		}
		if open {
			along = append(along, way.flow)
		}
	}
	if len(along) == 0 {
		return nil, errNoShortcut
	}
	return along, nil
}

// partialWork asks OPA what is left of a question when part of the facts is known.
type partialWork struct {
	engine   *Engine
	input    ast.Value
	unknowns []*ast.Term
}

func (w partialWork) partial(ctx context.Context, query string) ([]ast.Body, error) {
	left, err := rego.New(
		rego.Query(query),
		rego.Compiler(w.engine.quick.compiler),
		rego.Store(w.engine.quick.store),
		rego.ParsedInput(w.input),
		rego.ParsedUnknowns(w.unknowns),
		rego.StrictBuiltinErrors(true),
	).Partial(ctx)
	if err != nil {
		return nil, err
	}
	if len(left.Support) > 0 || len(left.Queries) > maxBodies*maxBodies {
		return nil, errNoShortcut
	}
	return left.Queries, nil
}

// waysOf sorts what is left by flow.
func waysOf(bodies []ast.Body) ([]way, error) {
	byFlow := map[int][]ast.Body{}
	for _, body := range bodies {
		flow, rest, err := flowOf(body)
		if err != nil {
			return nil, err
		}
		byFlow[flow] = append(byFlow[flow], rest)
	}
	ways := make([]way, 0, len(byFlow))
	for _, flow := range slices.Sorted(maps.Keys(byFlow)) {
		w := way{flow, plainer(byFlow[flow])}
		if len(w.bodies) > maxBodies {
			return nil, errNoShortcut
		}
		ways = append(ways, w)
	}
	return ways, nil
}

// flowOf takes `stroom = 2` out of a body.
func flowOf(body ast.Body) (int, ast.Body, error) {
	for i, expr := range body {
		value, ok := bound(expr, "stroom")
		if !ok {
			continue
		}
		number, ok := value.Value.(ast.Number)
		if !ok {
			break
		}
		flow, ok := number.Int()
		if !ok {
			break
		}
		return flow, slices.Delete(slices.Clone(body), i, i+1), nil
	}
	return 0, nil, errNoShortcut
}

// bound gives the value in `name = value`.
func bound(expr *ast.Expr, name ast.Var) (*ast.Term, bool) {
	if !expr.IsEquality() || expr.Negated || len(expr.With) > 0 {
		return nil, false
	}
	one, other := expr.Operand(0), expr.Operand(1)
	if other.Value.Compare(name) == 0 {
		one, other = other, one
	}
	return other, one.Value.Compare(name) == 0
}

// answerIn reads `antwoord = {…}`, when nothing is left open.
func answerIn(bodies []ast.Body) (answer, error) {
	if len(bodies) != 1 || len(bodies[0]) != 1 {
		return answer{}, errNoShortcut
	}
	value, ok := bound(bodies[0][0], "antwoord")
	if !ok || !value.IsGround() {
		return answer{}, errNoShortcut
	}
	return readAnswer(value)
}
