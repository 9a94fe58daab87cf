package house

import (
	"os"
	"strings"
	"testing"
)

// TestEachLibraryHasAReason: a direct dependency that docs/decisions does not name was not chosen but slipped in; one that is
// named and gone makes the record untrue.
func TestEachLibraryHasAReason(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	record, err := os.ReadFile("../../docs/decisions/0001-libraries.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := map[string]bool{}
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "\t") && len(fields) == 2 {
			direct[fields[0]] = true
		}
	}
	if len(direct) < 10 {
		t.Fatalf("only %d direct dependencies read from go.mod", len(direct))
	}
	for path := range direct {
		if !strings.Contains(string(record), "`"+path+"`") {
			t.Errorf("%s is a direct dependency without a reason in 0001", path)
		}
	}
	for line := range strings.Lines(string(record)) {
		if _, rest, ok := strings.Cut(line, "`"); ok && strings.HasPrefix(line, "| ") {
			if path, _, _ := strings.Cut(rest, "`"); !direct[path] {
				t.Errorf("0001 gives a reason for %s, which is no direct dependency", path)
			}
		}
	}
}
