package audit

import (
	"fmt"
	"testing"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTermsAreApart: what can be looked for has a term of its own, and what is written together stands together.
func TestTermsAreApart(t *testing.T) {
	seen := map[int64]string{}
	add := func(term int64, what string) {
		if was, twice := seen[term]; twice && was != what {
			t.Errorf("%s and %s have the same term", was, what)
		}
		seen[term] = what
	}
	for _, reader := range []string{"A", "B", Everyone} {
		for _, who := range []string{"", "A/a", "A/ab", "B/a"} {
			for _, reason := range []string{"", "a", "r-1", "A/a"} {
				for _, kind := range trail.Kinds {
					add(termOf(reader, who, reason, string(kind)), reader+who+" "+reason+" "+string(kind))
				}
			}
		}
		for i := range 100 { // of one moment, and the same in each run: of random ones two would have one term in one run of four hundred
			id := fmt.Sprintf("019aa7b2-3c11-7d10-8f7e-%012x", i)
			add(caseTerm(reader, id), reader+id)
		}
	}
	near, far := termOf("A", "A/a", "", "besluit"), termOf("A", "A/a", "", "aangeboden")
	if near>>16 != far>>16 {
		t.Error("the lists of one participant are not beside one another")
	}
	first, second := caseTerm("A", "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"), caseTerm("B", "019aa7b2-3d11-7d10-8f7e-2f6f3f0a9b12")
	if later := second>>24 - first>>24; later != 1 || first>>24 != 0x019aa7b23c {
		t.Errorf("a case that began a quarter of a second later stands %d further", later)
	}
	if caseTerm("A", "c") == caseTerm("A", "d") {
		t.Error("what is no UUID has no place of its own")
	}
}
