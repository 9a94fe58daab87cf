package house

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	longest = 500 // lines: what passes it is not read in one sitting
	median  = 120 // lines
)

func TestFilesAreReadInOneSitting(t *testing.T) {
	var lengths []int
	for _, p := range packages(t) {
		for _, name := range slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) {
			data, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			n := bytes.Count(data, []byte("\n"))
			lengths = append(lengths, n)
			if n > longest {
				t.Errorf("%s/%s has %d lines, at most %d", p.ImportPath, name, n, longest)
			}
		}
	}
	slices.Sort(lengths)
	if m := lengths[len(lengths)/2]; m > median {
		t.Errorf("the median file has %d lines, at most %d", m, median)
	} else {
		t.Logf("%d files, median %d lines, longest %d", len(lengths), m, lengths[len(lengths)-1])
	}
}

// TestEveryPackageSaysWhatItIsFor: also what it promises or must not do, so a comment of one line is not enough.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range packages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
			continue
		}
		data := packageComment(t, p)
		if len(strings.Fields(data)) < 20 {
			t.Errorf("%s: its package comment does not say what it is for and what it promises", p.ImportPath)
		}
	}
}

// packageComment gives the text above the package clause, from whichever file has it.
func packageComment(t *testing.T, p listed) string {
	t.Helper()
	for _, name := range slices.Concat(p.GoFiles, p.TestGoFiles) {
		data, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(data), "\npackage ")
		if i := strings.Index(head, "// Package "); i >= 0 {
			return head[i:]
		}
		if i := strings.Index(head, "// Command "); i >= 0 {
			return head[i:]
		}
	}
	return ""
}

// TestNamesSayWhatIsInside: names that say nothing are how a reader gets lost.
func TestNamesSayWhatIsInside(t *testing.T) {
	empty := []string{"util", "utils", "helper", "helpers", "common", "manager", "misc", "shared", "stub"}
	for _, p := range packages(t) {
		if slices.Contains(empty, p.Name) {
			t.Errorf("package %s has a name that says nothing", p.ImportPath)
		}
		for _, name := range slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) {
			base := strings.TrimSuffix(strings.TrimSuffix(name, ".go"), "_test")
			if slices.Contains(empty, base) {
				t.Errorf("%s/%s has a name that says nothing", p.ImportPath, name)
			}
		}
	}
}
