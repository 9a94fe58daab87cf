package policy

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

var (
	flowShape = newShape("id", "artikel", "soort", "van", "naar", "doelen", "grondslagen", "gegevens", "voorwaarden", "reactietermijn",
		"doorvoertermijn", "maximumDeelnemers")
	sideShape       = newShape("rol", "functies")
	schoolSideShape = newShape("rol", "soortOnderwijs", "functies")
	conditionShape  = newShape("code")
	parameterShape  = newShape("code", "waarde")
)

// flowCache keeps the terms of flows that were asked for before. convenant.Convenant.FlowsFor gives the same slice each time,
// so that where a slice begins, and how long it is, tells which flows they are. The cache holds on to the slice, so its place in
// memory cannot come to mean other flows; whoever changes flows in place breaks the promise of convenant.
type flowCache struct {
	kept  atomic.Pointer[sync.Map] // flowsKey → *ast.Term
	count atomic.Int64
}

type flowsKey struct {
	first *convenant.Flow
	n     int
}

// maxKeptFlows bounds the cache; when it is full it starts again.
const maxKeptFlows = 8192

func (c *flowCache) terms(flows []convenant.Flow) (*ast.Term, error) {
	if len(flows) == 0 {
		return listTerm(flows, func(convenant.Flow) *ast.Term { return nil }), nil
	}
	key := flowsKey{&flows[0], len(flows)}
	kept := c.kept.Load()
	if kept != nil {
		if term, ok := kept.Load(key); ok {
			return term.(*ast.Term), nil
		}
	}
	terms := make([]*ast.Term, len(flows))
	for i, f := range flows {
		term, err := flowTerm(f)
		if err != nil {
			return nil, fmt.Errorf("giving flow %s to the rules: %w", f.ID, err)
		}
		terms[i] = term
	}
	term := ast.ArrayTerm(terms...)
	if kept == nil || c.count.Add(1) > maxKeptFlows {
		kept = &sync.Map{}
		c.kept.Store(kept)
		c.count.Store(1)
	}
	kept.Store(key, term)
	return term, nil
}

func flowTerm(f convenant.Flow) (*ast.Term, error) {
	conditions := make([]*ast.Term, len(f.Conditions))
	for i, c := range f.Conditions {
		if c.Parameter == nil {
			conditions[i] = conditionShape.object(textTerm(c.Code))
			continue
		}
		value, err := ast.InterfaceToValue(c.Parameter)
		if err != nil {
			return nil, fmt.Errorf("condition %s: %w", c.Code, err)
		}
		conditions[i] = parameterShape.object(textTerm(c.Code), ast.NewTerm(value))
	}
	all := ast.ArrayTerm(conditions...)
	if f.Conditions == nil {
		all = ast.InternedNullTerm
	}
	return flowShape.object(textTerm(f.ID), textTerm(f.Article), textTerm(f.Kind), sideTerm(f.From), sideTerm(f.To), listTerm(f.Purposes, textTerm),
		listTerm(f.Bases, textTerm), listTerm(f.Categories, textTerm), all, textTerm(f.ReactionTerm), textTerm(f.TransitTerm), numberTerm(f.MaxPeople)), nil
}

func sideTerm(s convenant.Side) *ast.Term {
	if len(s.SchoolTypes) == 0 {
		return sideShape.object(textTerm(s.Role), listTerm(s.Functions, textTerm))
	}
	return schoolSideShape.object(textTerm(s.Role), listTerm(s.SchoolTypes, textTerm), listTerm(s.Functions, textTerm))
}
