package tell_test

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/policies"
)

func examples(t *testing.T) []*convenant.Convenant {
	t.Helper()
	files, err := fs.Glob(policies.FS, "convenanten/*/convenant.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("found %d examples: %v", len(files), err)
	}
	var all []*convenant.Convenant
	for _, file := range files {
		text, err := fs.ReadFile(policies.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := convenant.ParseYAML(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// TestTheTableLeavesNothingOut: of each flow of each example, the sides and each word of each cell; no line is too wide for paper.
func TestTheTableLeavesNothingOut(t *testing.T) {
	for _, c := range examples(t) {
		for _, f := range c.Flows {
			table := tell.Table([]convenant.Flow{f})
			plain := strings.Join(strings.Fields(table), "")
			for _, people := range []string{tell.People(f.From), tell.People(f.To)} { // the heading stands alone on its lines
				if !strings.Contains(plain, strings.Join(strings.Fields(people), "")) {
					t.Errorf("%s: %s does not stand in its table:\n%s", c.ID, people, table)
				}
			}
			for _, cell := range append(tell.Labels(f.Categories), strings.Fields(strings.Join(tell.Conditions(f.Conditions), " "))...) {
				for _, word := range strings.Fields(cell) {
					if !strings.Contains(table, word) {
						t.Errorf("%s: %s does not show %s:\n%s", c.ID, f.ID, word, table)
					}
				}
			}
		}
		for line := range strings.Lines(tell.Table(c.Flows)) {
			if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > tell.Width {
				t.Errorf("%s: a line that is too wide: %s", c.ID, line)
			}
		}
	}
}

// TestOneHeadingForOnePair: flows between the same people stand under one heading.
func TestOneHeadingForOnePair(t *testing.T) {
	c := examples(t)[0]
	twice := append(append([]convenant.Flow{}, c.Flows[0], c.Flows[1]), c.Flows[0])
	if got := strings.Count(tell.Table(twice), "soort "); got != 2 {
		t.Errorf("%d headings for two pairs:\n%s", got, tell.Table(twice))
	}
}

// TestTheSheetCanBeReadAgain: one row for each flow, and no text that a spreadsheet runs.
func TestTheSheetCanBeReadAgain(t *testing.T) {
	flows := examples(t)[0].Flows[:2:2]
	flows[1].Article = `=HYPERLINK("https://example.org";"klik")`
	var out bytes.Buffer
	if err := tell.Sheet(&out, flows); err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(&out)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if rows[1][0] != flows[0].ID || rows[0][0] != "stroom" || rows[2][15] != "'"+flows[1].Article {
		t.Errorf("read again: %q", rows)
	}
}
