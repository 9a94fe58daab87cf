package casefile_test

import (
	"context"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Two conditions can give the same reason (proportioneel and subsidiair: niet-afgewogen), so a reason in a file does not say which of
// them it holds. Here each condition is taken out of an example: some case of that example must then go otherwise. Two are left out:
// the law asks for them where a convenant is silent, so taking them out changes nothing (a consult is anoniem, wpg-20 needs its decision).
func TestEachConditionDecides(t *testing.T) {
	e := engine(t)
	for id, cases := range allCases(t) {
		agreed := example(t, id)
		if err := e.Prepare(agreed); err != nil {
			t.Fatal(err)
		}
		codes := map[vocabulary.Condition]bool{}
		for _, f := range agreed.Flows {
			for _, set := range f.Conditions {
				codes[set.Code] = true
			}
		}
		delete(codes, "anoniem")
		delete(codes, "wpg-besluit")
		for code := range codes {
			if !slices.ContainsFunc(cases, func(c casefile.Case) bool { return turns(t, e, agreed, c, code) }) {
				t.Errorf("%s: without %s each case goes as before", id, code)
			}
		}
	}
}

// turns reports whether a refused case goes otherwise when no flow sets a condition.
func turns(t *testing.T, e *policy.Engine, agreed *convenant.Convenant, c casefile.Case, code vocabulary.Condition) bool {
	t.Helper()
	info, _ := vocabulary.Default().Condition(code)
	if !slices.ContainsFunc(info.Reasons, func(r vocabulary.Reason) bool { return slices.Contains(c.Reasons, r) }) {
		return false
	}
	facts, err := c.Facts(agreed)
	if err != nil {
		t.Fatal(err)
	}
	flows := slices.Clone(facts.Established.Convenant.Flows)
	for i := range flows {
		flows[i].Conditions = slices.DeleteFunc(slices.Clone(flows[i].Conditions), func(set convenant.Condition) bool { return set.Code == code })
	}
	facts.Established.Convenant.Flows = flows
	d, err := e.Decide(context.Background(), facts)
	if err != nil {
		t.Fatal(err)
	}
	return len(c.Differences(d)) > 0
}
