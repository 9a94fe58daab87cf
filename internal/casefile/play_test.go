package casefile_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

func example(t testing.TB, id string) *convenant.Convenant {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/" + id + "/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := convenant.ParseYAML(text)
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return c
}

func engine(t testing.TB) *policy.Engine {
	t.Helper()
	e, err := policy.New(context.Background(), policies.FS, vocabulary.Default())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func parse(t testing.TB, text string) casefile.File {
	t.Helper()
	f, err := casefile.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A case that expects something else than the rules say is told what came.
func TestDifferences(t *testing.T) {
	tests := []struct {
		name, old, with string
		want            []string // parts of the differences, in order
	}{
		{"right", "", "", nil},
		{"refused after all", "fase: 2", "fase: 1", []string{"verwacht: het mag, langs stroom signaal-school-politie; gekregen: het mag niet", "niet verwacht: fase-te-laag"}},
		{"another flow", "stroom: signaal-school-politie", "stroom: een-andere", []string{"langs stroom een-andere; gekregen: langs stroom signaal-school-politie"}},
		{"allowed after all", "stroom: signaal-school-politie", "redenen: [fase-te-laag]", []string{"gekregen: het mag, langs", "ontbreekt: fase-te-laag"}},
		{"a fact that is otherwise", "vastgesteld/kantooruren: false", "vastgesteld/afzender/kaartGeldig: false",
			[]string{"gekregen: het mag niet", "niet verwacht: kaart-verlopen"}},
	}
	agreed, e := example(t, "denbosch-school-en-veiligheid"), engine(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			results, err := casefile.Play(context.Background(), e, agreed, parse(t, strings.Replace(small, test.old, test.with, 1)))
			if err != nil {
				t.Fatal(err)
			}
			got := results[0].Differences
			if len(got) != len(test.want) {
				t.Fatalf("differences %q", got)
			}
			for i, want := range test.want {
				if !strings.Contains(got[i], want) {
					t.Errorf("told %q, want %q", got[i], want)
				}
			}
		})
	}
}

// A case about a stranger, or about a fact that does not exist, cannot be played.
func TestCannotBePlayed(t *testing.T) {
	agreed, e := example(t, "denbosch-school-en-veiligheid"), engine(t)
	for old, with := range map[string]string{
		"00000099000000020000":           "00000099000000220000",
		"vastgesteld/kantooruren: false": "vastgesteld/nergens: false",
		"kantooruren: false":             "kantooruren: nooit",
	} {
		if _, err := casefile.Play(context.Background(), e, agreed, parse(t, strings.Replace(small, old, with, 1))); err == nil {
			t.Errorf("%s was played", with)
		}
	}
}

func TestCovered(t *testing.T) {
	agreed := example(t, "denbosch-school-en-veiligheid")
	yes := casefile.Covered(agreed, parse(t, small))
	if slices.Contains(yes.Flows, "signaal-school-politie") || len(yes.Flows) != len(agreed.Flows)-1 {
		t.Errorf("flows not covered: %v", yes.Flows)
	}
	if slices.Contains(yes.NeverMet, "fase-minimaal") || !slices.Contains(yes.NeverUnmet, "fase-minimaal") || !slices.Contains(yes.NeverMet, "gericht") {
		t.Errorf("covered %+v", yes)
	}
	no := casefile.Covered(agreed, parse(t, strings.Replace(small, "stroom: signaal-school-politie", "redenen: [fase-te-laag]", 1)))
	if !slices.Contains(no.NeverMet, "fase-minimaal") || slices.Contains(no.NeverUnmet, "fase-minimaal") || !slices.Contains(no.Flows, "signaal-school-politie") {
		t.Errorf("covered %+v", no)
	}
}
