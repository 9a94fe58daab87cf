package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fuzzRow is a row of the table in docs/testen.md: what can be sent, where its parser is, what fuzzes it.
var fuzzRow = regexp.MustCompile("(?m)^\\| (.+) \\| `(internal/[a-z/]+)` \\| (`Fuzz.+`) \\|$")

// TestEachParserOfForeignInputIsFuzzed: the targets that docs/testen.md names exist, where it says, and have seeds of their own.
func TestEachParserOfForeignInputIsFuzzed(t *testing.T) {
	text, err := os.ReadFile("../../docs/testen.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := fuzzRow.FindAllStringSubmatch(string(text), -1)
	if len(rows) < 15 {
		t.Fatalf("only %d rows read from docs/testen.md", len(rows))
	}
	for _, row := range rows {
		tests := testsOf(t, row[2])
		for _, target := range strings.Split(row[3], ", ") {
			name := strings.Trim(target, "`")
			_, body, found := strings.Cut(tests, "func "+name+"(f *testing.F) {")
			switch body, _, _ := strings.Cut(body, "\n}\n"); {
			case !found:
				t.Errorf("%s: %s has no %s", row[1], row[2], name)
			case !strings.Contains(body, "f.Add(") || !strings.Contains(body, "f.Fuzz("):
				t.Errorf("%s: %s in %s has no seeds, or fuzzes nothing", row[1], name, row[2])
			}
		}
	}
}

// TestForeignInputIsNamed: what the design calls foreign input is in the table.
func TestForeignInputIsNamed(t *testing.T) {
	text, err := os.ReadFile("../../docs/testen.md")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, row := range fuzzRow.FindAllStringSubmatch(string(text), -1) {
		named = append(named, row[1])
	}
	for _, input := range []string{"an envelope", "a card", "a token", "multipart", "age file", "a confirmation", "convenant in YAML", "configuration"} {
		if !slices.ContainsFunc(named, func(row string) bool { return strings.Contains(row, input) }) {
			t.Errorf("docs/testen.md names no fuzz target for %s", input)
		}
	}
}

// testsOf gives all tests of a package, one after another.
func testsOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../..", dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}
