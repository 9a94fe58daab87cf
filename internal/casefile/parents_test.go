package casefile_test

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// "Dat ouders altijd betrokken moeten worden" (Handreiking 1.3): where a school may name a youngster to a party only once the parents
// know, no other kind of message that it begins is a way around them. A crisis waits for nobody; a zorgmelding has the talk with the
// parents as step 3 of the meldcode, a verzuimmelding in its threshold (bijlage 4).
func TestNoWayAroundTheParents(t *testing.T) {
	for id := range exampleFiles(t) {
		agreed := example(t, id)
		for _, asked := range agreed.Flows {
			if asked.From.Role != "school" || !sets(asked, "ouders-geinformeerd") || !begins(asked) {
				continue
			}
			for _, other := range agreed.Flows {
				if other.From.Role == "school" && other.To.Role == asked.To.Role && begins(other) && !sets(other, "ouders-geinformeerd") &&
					slices.Contains(other.Categories, "identiteit") {
					t.Errorf("%s: %s is a way around the parents, whom %s asks for", id, other.ID, asked.ID)
				}
			}
		}
	}
}

// begins reports whether a flow is about a youngster, and neither an answer, a correction nor one of the kinds with a way of their own.
func begins(f convenant.Flow) bool {
	kind, _ := vocabulary.Default().Kind(f.Kind)
	own := []vocabulary.Kind{"crisismelding", "zorgmelding", "verzuimmelding"}
	return kind.AboutPerson && len(kind.Answers) == 0 && !kind.Corrects && !slices.Contains(own, f.Kind)
}

func sets(f convenant.Flow, code vocabulary.Condition) bool {
	return slices.ContainsFunc(f.Conditions, func(c convenant.Condition) bool { return c.Code == code })
}
