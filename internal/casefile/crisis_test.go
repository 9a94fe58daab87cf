package casefile_test

import (
	"context"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// waived are the conditions that nobody waits for in acute danger (Handreiking 2.2, "acuut gevaar").
var waived = []vocabulary.Condition{"fase-minimaal", "ouders-geinformeerd", "kantooruren", "maximum", "vier-ogen"}

// Each condition that gives way to a crisis does so in a case that would be refused for it without the crisis, and no other condition
// gives way in any case.
func TestCrisisGivesWay(t *testing.T) {
	e, words := engine(t), vocabulary.Default()
	gaveWay := map[vocabulary.Condition]string{}
	for id, cases := range allCases(t) {
		agreed := example(t, id)
		if err := e.Prepare(agreed); err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			if !c.Allowed() || c.Urgency != vocabulary.Crisis || c.Kind == "crisismelding" {
				continue
			}
			facts, err := c.Facts(agreed)
			if err != nil {
				t.Fatal(err)
			}
			facts.Stated.Urgency, facts.Established.Motivated = vocabulary.Regular, false
			d, err := e.Decide(context.Background(), facts)
			if err != nil {
				t.Fatal(err)
			}
			if d.Allow {
				t.Errorf("%s: %s is allowed without a crisis too", id, c.Name)
			}
			for _, code := range words.Codes("voorwaarden") {
				info, _ := words.Condition(vocabulary.Condition(code))
				if slices.ContainsFunc(d.Reasons, func(r policy.Reason) bool { return slices.Contains(info.Reasons, r.Code) }) {
					gaveWay[vocabulary.Condition(code)] = c.Name
				}
			}
		}
	}
	for _, code := range waived {
		if gaveWay[code] == "" {
			t.Errorf("no case shows that %s gives way to a crisis", code)
		}
		delete(gaveWay, code)
	}
	if len(gaveWay) > 0 {
		t.Errorf("gave way to a crisis as well: %v", gaveWay)
	}
}
