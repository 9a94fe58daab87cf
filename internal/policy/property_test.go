package policy_test

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// No facts, however odd, are allowed outside a flow of a convenant in force, and none makes the engine fail. The test draws most
// values from what would be right, so that permissions occur, and counts them to be sure. SLUIS_CASES sets the number of cases.
func TestNothingOutsideAFlow(t *testing.T) {
	all, e := examples(t), engine(t)
	allowed, denied, want := 0, 0, cases(t, 20000)
	for allowed+denied < want {
		rapid.Check(t, func(t *rapid.T) {
			f := drawFacts(t, rapid.SampledFrom(all).Draw(t, "convenant"))
			d, err := e.Decide(context.Background(), f)
			if err != nil {
				t.Fatalf("an error: %v", err)
			}
			if d.Allow != (len(d.Reasons) == 0) {
				t.Fatalf("allow %v with %d reasons", d.Allow, len(d.Reasons))
			}
			if !d.Allow {
				denied++
				return
			}
			allowed++
			if why := outside(f, d); why != "" {
				t.Fatalf("allowed by flow %q although %s", d.Flow, why)
			}
		})
		if t.Failed() {
			return
		}
	}
	if allowed < want/50 || denied < want/50 {
		t.Fatalf("%d allowed, %d denied: too few of one to say anything", allowed, denied)
	}
}

func cases(t *testing.T, otherwise int) int {
	text := os.Getenv("SLUIS_CASES")
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("SLUIS_CASES: %v", err)
	}
	return n
}

// outside judges a permission by itself, without the rules: "" when nothing is wrong with it.
func outside(f policy.Facts, d policy.Decision) string {
	est, st := f.Established, f.Stated
	i := slices.IndexFunc(est.Convenant.Flows, func(flow convenant.Flow) bool { return flow.ID == d.Flow })
	if i < 0 {
		return "there is no such flow"
	}
	flow := est.Convenant.Flows[i]
	notIn := func(c vocabulary.Category) bool { return !slices.Contains(flow.Categories, c) }
	police := est.Sender.Role == "politie"
	switch {
	case !est.Convenant.Known || !est.Convenant.InForce:
		return "the convenant is not in force"
	case !est.Sender.Member || !est.Recipient.Member || !est.Sender.Pinned || !est.Recipient.Pinned:
		return "a party does not take part"
	case !est.Sender.CardValid || !est.Recipient.CardValid || !est.Sender.OnCard:
		return "a card does not hold"
	case flow.Kind != st.Kind || flow.From.Role != est.Sender.Role || flow.To.Role != est.Recipient.Role:
		return "the flow is of another kind or between others"
	case !slices.Contains(flow.From.Functions, est.Sender.Function) || !slices.Contains(flow.To.Functions, est.Recipient.Function):
		return "the flow names other functions"
	case !slices.Contains(flow.Purposes, st.Purpose) || st.Purpose == "opsporing":
		return "the flow has other purposes"
	case !slices.Contains(flow.Bases, st.Basis):
		return "the flow has other legal bases"
	case slices.ContainsFunc(st.Categories, notIn):
		return "a category is outside the flow"
	case len(est.Recipient.People) > flow.MaxPeople:
		return "there are too many people"
	case !est.Case.New && !est.Case.Member:
		return "the case is of others"
	case st.Kind == "correctie" && !slices.ContainsFunc(est.Case.Sent, aboutSomebody):
		return "there is nothing to correct"
	case st.Kind == "correctie" && slices.ContainsFunc(st.Categories, func(c vocabulary.Category) bool {
		return c != "signaal" && !slices.Contains(est.Case.SentCategories, c)
	}):
		return "a correction brings what was never sent"
	case answers(st.Kind) && (est.InReplyTo == nil || est.InReplyTo.Convenant != est.Convenant.ID):
		return "an answer goes under another convenant"
	case st.Theme != nil || st.AgeGroup != nil && !slices.ContainsFunc(flow.Conditions, func(c convenant.Condition) bool { return c.Code == "leeftijdsgroep" }):
		return "the envelope says more than the flow needs"
	case st.Urgency == vocabulary.Crisis && !est.Motivated:
		return "a crisis has no motivation"
	case police && est.Subjects > 0 && !policeBasis(st.Basis):
		return "police data goes without the Wpg"
	case police && (st.Basis == "wpg-19" || st.Basis == "wpg-20") && (est.Wpg == nil || !est.Wpg.Known || !est.Wpg.Valid || !slices.Contains(est.Wpg.Recipients, est.Recipient.Party)):
		return "there is no Wpg decision for it"
	case slices.ContainsFunc(mustState(st), func(s vocabulary.Statement) bool { return !st.Statements[s] }):
		return "what the law asks for is not stated"
	case slices.ContainsFunc(flow.Conditions, func(c convenant.Condition) bool { return broken(f, c) }):
		return "a condition is broken"
	}
	return ""
}

// broken judges a condition of the example by itself.
func broken(f policy.Facts, c convenant.Condition) bool {
	said := f.Stated.Statements
	switch c.Code {
	case "vaste-contactpersoon":
		return len(f.Established.Recipient.People) == 0 ||
			slices.ContainsFunc(f.Established.Recipient.People, func(a policy.AddresseeFacts) bool { return !a.OnCard })
	case "fase-minimaal":
		return !crisis(f) && (f.Stated.Phase == nil || float64(*f.Stated.Phase) < c.Parameter.(float64))
	case "ouders-geinformeerd":
		unsafe := said["oudersNietInformerenVeiligheid"] && f.Established.Motivated
		return !crisis(f) && !said["oudersGeinformeerd"] && !said["achttienPlus"] && !unsafe
	case "proportioneel":
		return !said["proportioneel"]
	case "gericht":
		return f.Stated.Questions == nil || float64(*f.Stated.Questions) > c.Parameter.(float64)
	case "wpg-besluit":
		return f.Established.Wpg == nil
	case "subsidiair":
		return !said["subsidiair"]
	case "meldcode-stappen":
		return !said["meldcodeStap1"] || !said["meldcodeStap2"] || !said["meldcodeStap3"] || !said["meldcodeStap4"] || !said["meldcodeStap5"]
	case "anoniem":
		return f.Established.Subjects != 0 || slices.ContainsFunc(f.Stated.Categories, pointsOut)
	case "verzuimdrempel":
		return !said["verzuimdrempelGehaald"]
	case "leeftijdsgroep":
		return f.Stated.AgeGroup == nil || !slices.Contains(c.Parameter.([]any), any(string(*f.Stated.AgeGroup)))
	case "kantooruren":
		return !f.Established.Office && !crisis(f)
	case "vier-ogen":
		by := f.Established.CoSigned
		return !crisis(f) && (by == nil || !by.Other || !by.CardValid)
	case "maximum":
		limit := c.Parameter.(map[string]any)
		under := func(s policy.CountFacts) bool {
			return s.Per == limit["per"] && float64(s.Count) < limit["aantal"].(float64)
		}
		return !crisis(f) && !slices.ContainsFunc(f.Established.Sent, under)
	case "na-hit":
		return !f.Established.Case.Checked
	}
	return true // the test must learn of a new condition
}

func crisis(f policy.Facts) bool {
	return (f.Stated.Urgency == vocabulary.Crisis || f.Stated.Kind == "crisismelding") && f.Established.Motivated
}

func policeBasis(b vocabulary.Basis) bool {
	return strings.HasPrefix(string(b), "wpg-") || strings.HasPrefix(string(b), "besluit-politiegegevens-")
}

func mustState(st policy.Stated) []vocabulary.Statement {
	info, _ := vocabulary.Default().Basis(st.Basis)
	return info.StatementsFor(st.Kind)
}

func answers(k vocabulary.Kind) bool {
	info, _ := vocabulary.Default().Kind(k)
	return len(info.Answers) > 0
}

func pointsOut(c vocabulary.Category) bool {
	return c == "identiteit" || c == "contactgegevens-ouders" || c == "beeldmateriaal"
}

func aboutSomebody(k vocabulary.Kind) bool {
	info, _ := vocabulary.Default().Kind(k)
	return info.AboutPerson && !info.Corrects
}
