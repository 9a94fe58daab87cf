package advice_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// TestAdviceIsWhatHappens plays everything in one world: making it costs seconds.
func TestAdviceIsWhatHappens(t *testing.T) {
	w := newWorld(t)
	ids := exampleIDs(t)
	w.agree(ids[0])
	t.Run("alone", func(t *testing.T) { alone(t, w, ids[0]) })
	for _, id := range ids[1:] {
		w.agree(id)
	}
	t.Run("random", func(t *testing.T) { random(t, w) })
	t.Run("cases", func(t *testing.T) { cases(t, w) })
}

// alone asks about the cases of one convenant while there is no other: with all the others beside it each gets the same answer, for then
// it must be the one of the file too.
func alone(t *testing.T, w *world, id string) {
	asked, files := 0, exampleFiles(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, c := range files[name].Cases {
			if convenantOf(name) != id || c.InProcessOnly != "" {
				continue
			}
			f, err := c.Facts(w.agreed[id])
			must(t, err)
			if !f.Established.Office {
				continue
			}
			one := w.within(t)
			l, err := one.enact(f)
			if errors.Is(err, errCannotBe) {
				continue // what was before went along another convenant
			}
			must(t, err)
			asked++
			if got, want := one.ask(l), one.asAsked(f, outcome{c.Allowed(), c.Reasons}); !got.equal(want) {
				t.Errorf("line %d: asking gave %v, want %v", c.Line, got, want)
			}
		}
	}
	if asked < 50 {
		t.Errorf("only %d cases asked", asked)
	}
}

// TestUnrelatedConvenants: an engine that has decided under all convenants, and knows the rules of each, decides as one that never heard
// of another.
func TestUnrelatedConvenants(t *testing.T) {
	engine := func() *policy.Engine {
		e, err := policy.New(context.Background(), policies.FS, vocabulary.Default())
		must(t, err)
		return e
	}
	all, files := engine(), exampleFiles(t)
	agreed := allAgreed(t)
	for _, c := range agreed {
		must(t, all.Prepare(c))
	}
	for range 2 { // the second time everything has been seen
		for id, c := range agreed {
			own := engine()
			must(t, own.Prepare(c))
			for name, file := range files {
				for _, k := range file.Cases {
					f, err := k.Facts(agreed[convenantOf(name)])
					must(t, err)
					among, err := all.Decide(t.Context(), f)
					must(t, err)
					if convenantOf(name) != id {
						continue
					}
					by, err := own.Decide(t.Context(), f)
					must(t, err)
					if diff := cmp.Diff(by, among); diff != "" {
						t.Errorf("%s, line %d: other convenants change the decision: %s", name, k.Line, diff)
					}
				}
			}
		}
	}
}
