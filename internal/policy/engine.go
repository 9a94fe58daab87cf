package policy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// query is the one question that the rules answer.
const query = "data.sluis.besluit.antwoord"

// ErrUndefined says that the rules gave no answer. It is never a yes.
var ErrUndefined = errors.New("the rules gave no answer")

// Engine decides. It is safe for concurrent use.
type Engine struct {
	words    *vocabulary.Vocabulary
	prepared rego.PreparedEvalQuery
	opposed  *rego.PreparedEvalQuery // of rules that are not the binary's own: asked after each yes
	flows    flowCache
	own      ownRulesKept // of the convenants themselves
	quick    *worker      // nil: the rules are asked each time
	bundle   Bundle
	digest   string // of the bundle
}

// New compiles the rules in fsys (the *.rego of policies/, tests left out) and prepares the query once. An error names file and
// line. The rules may use no built-in function that looks outside the facts: no clock, network, randomness or environment.
func New(ctx context.Context, fsys fs.FS, words *vocabulary.Vocabulary) (*Engine, error) {
	rules, err := readRules(fsys)
	if err != nil {
		return nil, fmt.Errorf("reading the rules: %w", err)
	}
	return build(ctx, rules, Form, words)
}

// build makes the engine of rules that were read.
func build(ctx context.Context, rules rules, form int, words *vocabulary.Vocabulary) (*Engine, error) {
	terms.RLock()
	defer terms.RUnlock()
	bundle, err := newBundle(rules, form, words)
	if err != nil {
		return nil, fmt.Errorf("keeping the rules: %w", err)
	}
	compiler, err := rules.compile()
	if err != nil {
		return nil, fmt.Errorf("compiling the rules: %w", err)
	}
	data, err := ast.InterfaceToValue(map[string]any{"vocabulaire": words.Data()})
	if err != nil {
		return nil, fmt.Errorf("giving the vocabulary to the rules: %w", err)
	}
	object, ok := data.(ast.Object)
	if !ok {
		return nil, errors.New("giving the vocabulary to the rules: not an object")
	}
	store := inmem.NewFromASTObject(object)
	prepare := func(query string) (rego.PreparedEvalQuery, error) {
		return rego.New(
			rego.Query(query),
			rego.Compiler(compiler),
			rego.Store(store),
			rego.StrictBuiltinErrors(true), // a division by zero is an error, not "undefined"
			rego.GenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t, nil }),
		).PrepareForEval(ctx)
	}
	e := &Engine{words: words, bundle: bundle, digest: bundle.Digest()}
	if e.prepared, err = prepare(query); err != nil {
		return nil, fmt.Errorf("preparing the rules: %w", err)
	}
	changed, err := rules.changed()
	if err != nil {
		return nil, err
	}
	if changed {
		opposed, err := prepare(objections)
		if err != nil {
			return nil, fmt.Errorf("preparing the objections of the rules: %w", err)
		}
		e.opposed = &opposed
	}
	if hold, err := rules.shortcutsHold(compiler); err != nil {
		return nil, err
	} else if hold {
		e.quick = &worker{compiler, store, newShortcuts(maxClasses), makingTerm, makingRest}
	}
	return e, nil
}

// Digest is of the rules and the vocabulary, `sha-256=:…:`.
func (e *Engine) Digest() string { return e.digest }

// Decide answers for one recipient. It never gives Allow together with an error; an error means that no decision was made, and
// the caller must not pass the message. The flows in f must not be changed afterwards: see [flowCache].
func (e *Engine) Decide(ctx context.Context, f Facts) (Decision, error) {
	terms.RLock()
	defer terms.RUnlock()
	raw, err := e.evaluate(ctx, f)
	if err != nil {
		return Decision{}, fmt.Errorf("deciding on a message: %w", err)
	}
	d, err := e.decision(f, raw)
	if err != nil {
		return Decision{}, fmt.Errorf("reading the decision on a message: %w", err)
	}
	return d, nil
}

// evaluate asks the rules. A panic in the engine becomes an error, and an error becomes a no.
func (e *Engine) evaluate(ctx context.Context, f Facts) (raw answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			raw, err = answer{}, fmt.Errorf("the engine panicked: %T", p) // the value may hold facts
		}
	}()
	if err := ctx.Err(); err != nil { // the engine looks at it only now and then
		return answer{}, err
	}
	if e.quick == nil {
		return e.fully(ctx, f, nil)
	}
	rest := make(classText, 0, 512).write(&f)
	seen := e.quick.kept.find(&f, rest)
	raw, ok := e.quickly(ctx, &f, seen)
	if !ok {
		return e.fully(ctx, f, func(input ast.Value, allowed answer) { e.learn(f, rest, seen, input, allowed) })
	}
	if e.opposed == nil && !e.own.concern(&f) {
		return raw, nil
	}
	input, err := e.input(f)
	if err != nil {
		return answer{}, err
	}
	return e.objected(ctx, raw, input)
}

// fully asks the rules themselves, and tells what they allow.
func (e *Engine) fully(ctx context.Context, f Facts, tell func(ast.Value, answer)) (answer, error) {
	input, err := e.input(f)
	if err != nil {
		return answer{}, err
	}
	raw, err := e.byRules(ctx, input)
	if err != nil {
		return answer{}, err
	}
	if raw.allow && tell != nil {
		tell(input, raw)
	}
	return e.objected(ctx, raw, input)
}

// answerTo asks the rules about facts in the form that rules see.
func (e *Engine) answerTo(ctx context.Context, input ast.Value) (answer, error) {
	raw, err := e.byRules(ctx, input)
	if err != nil {
		return answer{}, err
	}
	return e.objected(ctx, raw, input)
}

// byRules gives what the rules answer, before anybody objects.
func (e *Engine) byRules(ctx context.Context, input ast.Value) (answer, error) {
	results, err := e.prepared.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return answer{}, err
	}
	if len(results) != 1 || len(results[0].Expressions) != 1 {
		return answer{}, ErrUndefined
	}
	term, ok := results[0].Expressions[0].Value.(*ast.Term)
	if !ok {
		return answer{}, ErrUndefined
	}
	return readAnswer(term)
}

// objected asks who may still object to an answer: of a yes, the rules from the other side when they are not the binary's own, and of
// each answer the rules of the convenant itself.
func (e *Engine) objected(ctx context.Context, raw answer, input ast.Value) (answer, error) {
	if raw.allow && e.opposed != nil {
		if err := unopposed(ctx, *e.opposed, input); err != nil {
			return answer{}, err
		}
	}
	return e.askOwn(ctx, raw, input)
}

// policyDigest covers everything that decided: the rules, the vocabulary, and the convenant of the facts.
func (e *Engine) policyDigest(f Facts) string {
	return DecidedBy(e.digest, f.Established.Convenant.Digest)
}

func digestOf(parts ...string) digest.SHA256 {
	var all []byte
	for _, part := range parts {
		all = append(append(all, part...), '\n')
	}
	return digest.Of(all)
}
