package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// decision tells the answer of the rules in words for people. What it adds decides nothing.
func (e *Engine) decision(f Facts, raw answer) (Decision, error) {
	d := Decision{Allow: raw.allow, Obligations: raw.obligations, Policy: e.policyDigest(f)}
	var flow *convenant.Flow
	switch flows := f.Established.Convenant.Flows; {
	case raw.flow >= len(flows), raw.allow && raw.flow < 0:
		return Decision{}, errors.New("the rules name a flow that does not exist")
	case raw.flow >= 0:
		flow = &flows[raw.flow]
	}
	for _, c := range slices.Sorted(slices.Values(raw.categories)) {
		d.AllowedCategories = append(d.AllowedCategories, vocabulary.Category(c))
	}
	if raw.allow {
		d.Obligations = append(d.Obligations, termsOf(flow)...)
	}
	slices.SortFunc(d.Obligations, func(a, b Obligation) int { return strings.Compare(a.Code, b.Code) })
	if flow != nil {
		d.Articles = append(d.Articles, agreedIn(flow.Article))
		if basis, ok := e.words.Basis(f.Stated.Basis); ok && slices.Contains(flow.Bases, f.Stated.Basis) {
			d.Articles = append(d.Articles, basis.Article)
		}
	}
	if raw.allow {
		d.Flow = flow.ID
		return d, nil
	}
	reasons, err := e.reasons(f, flow, raw.reasons)
	d.Reasons = reasons
	return d, err
}

// termsOf gives the terms that were agreed for a flow: how soon the recipient reacts, and how long the ciphertext may wait.
func termsOf(flow *convenant.Flow) []Obligation {
	terms := []Obligation{{Code: "doorvoertermijn", Value: flow.TransitTerm}}
	if flow.ReactionTerm != "" {
		terms = append(terms, Obligation{Code: "reactietermijn", Value: flow.ReactionTerm})
	}
	return terms
}

// reasons merges what was said of one code by several rules, and orders the codes as the vocabulary does.
func (e *Engine) reasons(f Facts, flow *convenant.Flow, raw []rawReason) ([]Reason, error) {
	merged := map[vocabulary.Reason]*rawReason{}
	var codes []vocabulary.Reason
	for _, r := range raw {
		code := vocabulary.Reason(r.code)
		known, ok := merged[code]
		if !ok {
			merged[code] = &r
			codes = append(codes, code)
			continue
		}
		known.fromFlow = known.fromFlow || r.fromFlow
		known.law = max(known.law, r.law)
		for name, v := range r.values {
			known.values[name] = v
		}
	}
	base := e.baseValues(f)
	ranks := map[vocabulary.Reason]int{}
	reasons := make([]Reason, 0, len(codes))
	for _, code := range codes {
		info, ok := e.words.Reason(code)
		if !ok {
			return nil, fmt.Errorf("the rules gave a reason that the vocabulary does not know: %q", code)
		}
		ranks[code] = info.Rank
		values := e.values(base, merged[code].values)
		reasons = append(reasons, Reason{
			Code:    code,
			Text:    vocabulary.Fill(info.Sentence.NL, values),
			Advice:  vocabulary.Fill(info.Advice.NL, values),
			Article: article(info, *merged[code], flow),
		})
	}
	slices.SortFunc(reasons, func(a, b Reason) int { return ranks[a.Code] - ranks[b.Code] })
	return reasons, nil
}

// article names the law that says so, and the article of the convenant that the flow rests on, as far as there are any.
func article(info vocabulary.ReasonInfo, r rawReason, flow *convenant.Flow) string {
	var parts []string
	if flow != nil && r.fromFlow {
		parts = append(parts, agreedIn(flow.Article))
	}
	if r.law != "" {
		parts = append(parts, r.law)
	} else if info.Article != "" {
		parts = append(parts, info.Article)
	}
	return strings.Join(parts, "; ")
}

// agreedIn gives "convenant, artikel 3 en 4"; what does not begin with a number (a page, a chapter) is given as written.
func agreedIn(written string) string {
	if written != "" && unicode.IsDigit(rune(written[0])) {
		return "convenant, artikel " + written
	}
	return "convenant, " + written
}
