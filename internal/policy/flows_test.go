package policy_test

import (
	"context"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// throughFlow gives facts that the flow lets through: with its first purpose and category, everything stated that the basis and
// the conditions ask for, and nothing wrong.
func throughFlow(c *convenant.Convenant, flow convenant.Flow, basis vocabulary.Basis, from, to side) policy.Facts {
	words := vocabulary.Default()
	phase, questions := 3, 2
	stated := policy.Stated{Kind: flow.Kind, Purpose: flow.Purposes[0], Basis: basis,
		Categories: flow.Categories[:1], Phase: &phase, Questions: &questions, Urgency: vocabulary.Regular,
		Statements: map[vocabulary.Statement]bool{"proportioneel": true, "subsidiair": true, "oudersGeinformeerd": true, "verzuimdrempelGehaald": true}}
	info, _ := words.Basis(basis)
	for _, s := range info.StatementsFor(flow.Kind) {
		stated.Statements[s] = true
	}
	for _, condition := range flow.Conditions {
		switch condition.Code {
		case "meldcode-stappen":
			for _, s := range []vocabulary.Statement{"meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5"} {
				stated.Statements[s] = true
			}
		case "leeftijdsgroep":
			group := vocabulary.AgeGroup(condition.Parameter.([]any)[0].(string))
			stated.AgeGroup = &group
		}
	}
	f := between(c, from, to, stated)
	f.Established.Wpg = wpgDecision(c)
	f.Established.Motivated = flow.Kind == "crisismelding"
	f.Established.Case.Checked = true
	kind, _ := words.Kind(flow.Kind)
	if len(kind.Answers) > 0 {
		f.Established.InReplyTo = &policy.ReplyFacts{Known: true, Kind: kind.Answers[0], Convenant: c.ID}
	}
	if kind.Corrects {
		f.Established.Case.Sent, f.Established.Case.SentCategories = []vocabulary.Kind{"signaal"}, stated.Categories
	}
	if !kind.AboutPerson || slices.ContainsFunc(flow.Conditions, func(c convenant.Condition) bool { return c.Code == "anoniem" }) {
		f.Established.Subjects = 0
	}
	return f
}

// A flow that lets nothing through is a mistake of who wrote it: each flow of each example lets through a message on each of its
// legal bases.
func TestEachFlowLetsThrough(t *testing.T) {
	e := engine(t)
	for _, c := range examples(t) {
		for _, flow := range c.Flows {
			from, ok := sideOf(c, flow.From, "")
			to, also := sideOf(c, flow.To, from.oin)
			if !ok || !also {
				t.Errorf("%s: flow %s is between parties that are not there", c.ID, flow.ID)
				continue
			}
			for _, basis := range flow.Bases {
				f := throughFlow(c, flow, basis, from, to)
				if basis == "wpg-20" {
					f.Established.Wpg.Purposes, f.Established.Wpg.Categories = flow.Purposes, flow.Categories
				}
				d, err := e.Decide(context.Background(), f)
				if err != nil || !d.Allow {
					t.Errorf("%s: flow %s on %s: %v %v", c.ID, flow.ID, basis, d.Reasons, err)
				}
			}
		}
	}
}

// sideOf gives the first party that a side of a flow is about, other than one.
func sideOf(c *convenant.Convenant, s convenant.Side, other party.OIN) (side, bool) {
	for _, m := range c.Parties {
		kind, school := schools[m.OIN]
		if m.Role != s.Role || m.OIN == other || len(s.SchoolTypes) > 0 && !slices.Contains(s.SchoolTypes, kind) {
			continue
		}
		found := side{oin: m.OIN, role: m.Role, function: s.Functions[0]}
		if school {
			found.schoolType = &kind
		}
		return found, true
	}
	return side{}, false
}
