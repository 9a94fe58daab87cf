package casefile_test

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// manyCases is how many cases the examples have at least, all together.
const manyCases = 150

// The examples: each case gives the decision that the file says, every file says which records are left, no flow is without a case,
// and of all together none of the conditions is without one that meets it and one that does not.
func TestExamples(t *testing.T) {
	e, total := engine(t), 0
	met, unmet := map[vocabulary.Condition]bool{}, map[vocabulary.Condition]bool{}
	for id, files := range exampleFiles(t) {
		agreed := example(t, id)
		if err := e.Prepare(agreed); err != nil {
			t.Fatal(err)
		}
		var whole casefile.File
		for name, f := range files {
			t.Run(id+"/"+name, func(t *testing.T) {
				results, err := casefile.Play(context.Background(), e, agreed, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range results {
					told(t, r)
				}
			})
			whole.Cases = append(whole.Cases, f.Cases...)
		}
		total += len(whole.Cases)
		hold(t, id, agreed, whole, met, unmet)
	}
	for code := range met {
		if !met[code] || !unmet[code] {
			t.Errorf("condition %s: a case that meets it %v, one that does not %v", code, met[code], unmet[code])
		}
	}
	if total < manyCases {
		t.Errorf("only %d cases", total)
	}
}

// told looks at the decision on a case, and at how it is told.
func told(t *testing.T, r casefile.Result) {
	t.Helper()
	c := r.Case
	for _, difference := range r.Differences {
		t.Errorf("line %d, %s: %s", c.Line, c.Name, difference)
	}
	for _, reason := range r.Decision.Reasons {
		if strings.ContainsAny(reason.Text+reason.Advice, "{}[]…") || reason.Text == "" {
			t.Errorf("line %d: %s is not told well: %q %q", c.Line, reason.Code, reason.Text, reason.Advice)
		}
		if strings.Contains(reason.Advice, "urgentie crisis") && !strings.Contains(reason.Advice, "motivering") {
			t.Errorf("line %d: who follows the advice of %s is refused again: %q", c.Line, reason.Code, reason.Advice)
		}
	}
	left := slices.DeleteFunc(slices.Clone(c.Trail), func(kind string) bool { return kind == "medeondertekend" })
	refused := slices.Equal(left, []string{"besluit"})
	if c.Allowed() && (len(left) < 2 || left[0] != "besluit" || left[1] != "aangeboden") || !c.Allowed() && !refused {
		t.Errorf("line %d, %s: the trail %v cannot be", c.Line, c.Name, c.Trail)
	}
}

func hold(t *testing.T, id string, agreed *convenant.Convenant, whole casefile.File, met, unmet map[vocabulary.Condition]bool) {
	t.Helper()
	yes, no := 0, 0
	for _, c := range whole.Cases {
		if c.Allowed() {
			yes++
		} else {
			no++
		}
	}
	if yes < 5 || no < 5 {
		t.Errorf("%s: only %d cases that are allowed and %d that are not", id, yes, no)
	}
	c := casefile.Covered(agreed, whole)
	if len(c.Flows) > 0 {
		t.Errorf("%s: no case is allowed along %v", id, c.Flows)
	}
	for _, flow := range agreed.Flows {
		for _, set := range flow.Conditions {
			met[set.Code] = met[set.Code] || !slices.Contains(c.NeverMet, set.Code)
			unmet[set.Code] = unmet[set.Code] || !slices.Contains(c.NeverUnmet, set.Code)
		}
	}
}

// exampleFiles gives the files of cases of each example convenant, by their names.
func exampleFiles(t *testing.T) map[string]map[string]casefile.File {
	t.Helper()
	names, err := fs.Glob(policies.FS, "convenanten/*/gevallen/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files of cases: %v", err)
	}
	all := map[string]map[string]casefile.File{}
	for _, name := range names {
		text, err := policies.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := casefile.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		id := path.Base(path.Dir(path.Dir(name)))
		if all[id] == nil {
			all[id] = map[string]casefile.File{}
		}
		all[id][path.Base(name)] = f
	}
	return all
}
