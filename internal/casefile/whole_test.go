package casefile_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/casefile"
)

// Each example shows all that it sets by itself, so that whoever takes one as a beginning sees both sides of every condition in it.
func TestEachExampleShowsAllThatItSets(t *testing.T) {
	for id, cases := range allCases(t) {
		c := casefile.Covered(example(t, id), casefile.File{Cases: cases})
		if len(c.Flows)+len(c.NeverMet)+len(c.NeverUnmet) > 0 {
			t.Errorf("%s: no case is allowed along %v, meets %v, or is refused for %v", id, c.Flows, c.NeverMet, c.NeverUnmet)
		}
	}
}
