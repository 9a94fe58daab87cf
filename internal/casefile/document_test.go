package casefile_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/casefile"
)

const document = "../../docs/convenanten.md"

// quoted is how a case names its source: the place in the Handreiking, and one or more of its sentences.
var quoted = regexp.MustCompile(`^Handreiking ([^"]+): ("[^"]+"(?: en "[^"]+")*)$`)

// asked are the places of which each sentence that says who may tell what to whom has a case.
var asked = []string{"1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "bijlage 1", "bijlage 4", "bijlage 5"}

// TestDocument holds the lists in docs/convenanten.md to the files of cases. With SLUIS_WRITE=1 it writes them instead.
func TestDocument(t *testing.T) {
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	all := allCases(t)
	text := replaced(t, string(data), "aantallen", counts(all))
	text = replaced(t, text, "zinnen", sentences(t, all))
	if os.Getenv("SLUIS_WRITE") != "" {
		if err := os.WriteFile(document, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != string(data) {
		t.Error("docs/convenanten.md lists other cases than the examples have: run this test with SLUIS_WRITE=1")
	}
}

// allCases gives the cases of each example, by its name.
func allCases(t *testing.T) map[string][]casefile.Case {
	t.Helper()
	all := map[string][]casefile.Case{}
	for id, files := range exampleFiles(t) {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			all[id] = append(all[id], files[name].Cases...)
		}
	}
	return all
}

func replaced(t *testing.T, text, mark, with string) string {
	t.Helper()
	begin, end := "<!-- "+mark+" -->\n", "<!-- /"+mark+" -->"
	before, rest, ok := strings.Cut(text, begin)
	_, after, also := strings.Cut(rest, end)
	if !ok || !also {
		t.Fatalf("the document has no part %s", mark)
	}
	return before + begin + with + end + after
}

func counts(all map[string][]casefile.Case) string {
	var out strings.Builder
	out.WriteString("\n| convenant | gevallen die mogen | gevallen die niet mogen |\n|---|---|---|\n")
	for _, id := range slices.Sorted(maps.Keys(all)) {
		yes := 0
		for _, c := range all[id] {
			if c.Allowed() {
				yes++
			}
		}
		fmt.Fprintf(&out, "| `%s` | %d | %d |\n", id, yes, len(all[id])-yes)
	}
	return out.String() + "\n"
}

// sentences lists what the Handreiking says by its place, and under each sentence the cases that hold it.
func sentences(t *testing.T, all map[string][]casefile.Case) string {
	t.Helper()
	held := map[string]map[string][]string{} // place → sentence → cases
	for _, id := range slices.Sorted(maps.Keys(all)) {
		for _, c := range all[id] {
			if c.Source == "" {
				continue
			}
			found := quoted.FindStringSubmatch(c.Source)
			if found == nil {
				t.Errorf("%s, line %d: %s is no place and sentence", id, c.Line, c.Source)
				continue
			}
			if held[found[1]] == nil {
				held[found[1]] = map[string][]string{}
			}
			answer := "mag"
			if !c.Allowed() {
				answer = "mag niet"
			}
			held[found[1]][found[2]] = append(held[found[1]][found[2]], fmt.Sprintf("  - %s: %s (`%s`)\n", answer, c.Name, id))
		}
	}
	for _, place := range asked {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(held)), func(p string) bool { return strings.HasPrefix(p, place) }) {
			t.Errorf("no case has a sentence of %s", place)
		}
	}
	var out strings.Builder
	for _, place := range slices.Sorted(maps.Keys(held)) {
		fmt.Fprintf(&out, "\n### %s\n\n", strings.ToUpper(place[:1])+place[1:])
		for _, sentence := range slices.Sorted(maps.Keys(held[place])) {
			fmt.Fprintf(&out, "- %s\n%s", sentence, strings.Join(held[place][sentence], ""))
		}
	}
	return out.String() + "\n"
}
