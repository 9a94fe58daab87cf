package policy

import (
	"context"
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/sluis-gateway/sluis/policies"
)

// objections asks what speaks against a yes.
const objections = "data.sluis.besluit.tegenspraak"

// ErrContradiction says that the rules said yes and object all the same. It is never a yes.
var ErrContradiction = errors.New("the rules say yes and object: change both the short way to a yes and the objection")

// changed reports whether rules are other ones than this binary was built and tested with. The rules say everything twice: the
// short way to a yes, and the objections. Tests hold the rules of the binary to saying the same; of other rules nobody knows, so
// each yes of theirs is asked again from the other side.
func (r rules) changed() (bool, error) {
	own, err := readRules(policies.FS)
	if err != nil {
		return true, fmt.Errorf("reading the rules of the binary: %w", err)
	}
	return own.digest() != r.digest(), nil
}

// unopposed gives ErrContradiction when the rules object to what they allow.
func unopposed(ctx context.Context, prepared rego.PreparedEvalQuery, input ast.Value) error {
	results, err := prepared.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return err
	}
	if len(results) != 1 || len(results[0].Expressions) != 1 {
		return ErrUndefined
	}
	term, ok := results[0].Expressions[0].Value.(*ast.Term)
	if !ok {
		return ErrUndefined
	}
	set, ok := term.Value.(ast.Set)
	if !ok {
		return ErrUndefined
	}
	if set.Len() > 0 {
		return ErrContradiction
	}
	return nil
}
