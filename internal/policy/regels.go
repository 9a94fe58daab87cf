package policy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// ownRulesTerm is how long the rules of one convenant may take for one decision. A rule over one message takes less than a tenth of a
// millisecond; one that is not done after this is wrong, and must not keep everybody else waiting. It is counted on the clock on the wall, so it leaves
// room for a machine that is very busy: a message must not be refused because of its neighbours.
const ownRulesTerm = 500 * time.Millisecond

// refusedByConvenant is the one reason that the rules of a convenant give, with their sentences.
const refusedByConvenant vocabulary.Reason = "regel-van-het-convenant"

// ErrRulesNotPrepared says that a convenant brings rules that this engine was not given. Nothing is decided without them.
var ErrRulesNotPrepared = errors.New("the convenant brings rules that were not prepared")

// ErrRulesUnannounced says that the facts do not tell that the convenant brings rules, while it does.
var ErrRulesUnannounced = errors.New("the convenant brings rules, and the facts do not say so")

// ErrRulesTooSlow says that the rules of a convenant did not come to an end within their term. It is never a yes.
var ErrRulesTooSlow = errors.New("the rules of the convenant take too long")

// Prepare makes the rules that a convenant brings itself (`regels`) ready, by its digest; from then on they are asked in each
// decision under it. A convenant without rules needs nothing. The rules are compiled apart from all others: they see the facts of one
// message and nothing else, and can only refuse. The error is a fault.List with place `regels`, and line and column in the YAML as far
// as the convenant knows them.
func (e *Engine) Prepare(c *convenant.Convenant) error {
	if c.Rules == "" {
		return nil
	}
	terms.RLock()
	defer terms.RUnlock()
	prepared, faults, err := compileOwn(context.Background(), c.Rules)
	if err != nil {
		return err
	}
	for i := range faults {
		faults[i].Line, faults[i].Column = c.RulesPosition(faults[i].Line, faults[i].Column)
	}
	if err := faults.Err(); err != nil {
		return err
	}
	e.own.keep(c, prepared)
	return nil
}

// With gives an engine that decides as this one and knows the rules of one convenant more, to try a draft without keeping it: this
// engine does not change. The error is that of [Engine.Prepare].
func (e *Engine) With(c *convenant.Convenant) (*Engine, error) {
	trial := &Engine{words: e.words, prepared: e.prepared, opposed: e.opposed, bundle: e.bundle, digest: e.digest}
	trial.own.below = &e.own
	if err := trial.Prepare(c); err != nil {
		return nil, err
	}
	return trial, nil
}

// askOwn adds what the rules of the convenant itself say. They can turn a yes into a no, and add to the reasons of a no, so that all is
// told at once.
func (e *Engine) askOwn(ctx context.Context, raw answer, input ast.Value) (answer, error) {
	digest, says := ownRulesIn(input)
	own, known, err := e.own.get(digest)
	switch {
	case err != nil:
		return answer{}, err
	case !known && !says:
		return raw, nil
	case !known:
		return answer{}, ErrRulesNotPrepared
	case !says:
		return answer{}, ErrRulesUnannounced
	}
	sentences, err := askOnce(ctx, own, input)
	if err != nil {
		return answer{}, fmt.Errorf("asking the rules of the convenant itself: %w", err)
	}
	if sentences.Len() == 0 {
		return raw, nil
	}
	raw.allow, raw.obligations = false, nil
	raw.reasons = append(slices.Clip(raw.reasons), rawReason{
		code: string(refusedByConvenant), law: "convenant, regels", values: map[string]ast.Value{"regels": sentences},
	})
	return raw, nil
}

// ownRulesIn reads from the facts which convenant it is, and whether it brings rules.
func ownRulesIn(input ast.Value) (digest string, says bool) {
	find := func(name string) ast.Value {
		v, err := input.Find(ast.Ref{ast.InternedTerm("vastgesteld"), ast.InternedTerm("convenant"), ast.InternedTerm(name)})
		if err != nil {
			return ast.Null{}
		}
		return v
	}
	text, _ := find("digest").(ast.String)
	truth, _ := find("regels").(ast.Boolean)
	return string(text), bool(truth)
}

// askOnce gives the sentences of the rules that refuse. The answer is read strictly, although [checkForm] saw to it that it can be
// nothing but a set of the sentences that stand in the text.
func askOnce(ctx context.Context, prepared *rego.PreparedEvalQuery, input ast.Value) (ast.Set, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, ownRulesTerm, ErrRulesTooSlow)
	defer cancel()
	results, err := prepared.Eval(ctx, rego.EvalParsedInput(input))
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, err
	}
	if len(results) != 1 || len(results[0].Expressions) != 1 {
		return nil, ErrUndefined
	}
	term, ok := results[0].Expressions[0].Value.(*ast.Term)
	if !ok {
		return nil, ErrUndefined
	}
	sentences, ok := term.Value.(ast.Set)
	if !ok {
		return nil, ErrUndefined
	}
	return sentences, nil
}

// sentences gives what the rules say as running text.
func sentences(v ast.Value) string {
	var all []string
	for _, s := range texts(v) {
		if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "!") && !strings.HasSuffix(s, "?") {
			s += "."
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}
