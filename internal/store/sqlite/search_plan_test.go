package sqlite

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// TestASearchWalksAlongLists: every combination of filters is answered from one end of an index, where the answer stands; nothing is read
// that is not in the list that was asked for. What is allowed to happen to a table stands here, whole.
func TestASearchWalksAlongLists(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), FileName))
	allowed := []string{
		"SEARCH record_term USING PRIMARY KEY (segment=? AND term=? AND nr>? AND nr<?)", // along a list
		"SEARCH record_party USING PRIMARY KEY (party=? AND nr>? AND nr<?)",             // along a list
		"SEARCH c USING PRIMARY KEY (segment=? AND term=? AND nr>? AND nr<?)",           // along a case
		"SEARCH t USING PRIMARY KEY (segment=? AND term=? AND nr=?)",                    // is it in that list too?
		"SEARCH t EXISTS USING PRIMARY KEY (segment=? AND term=? AND nr>? AND nr<?)",    // has the segment any of it?
		"SEARCH record_term USING PRIMARY KEY (segment=? AND term=? AND nr=?)",          // what goes with a record
		"SEARCH record", // the last
		"SEARCH p EXISTS USING PRIMARY KEY (party=? AND nr=?)",    // may who asks read it?
		"SEARCH record USING INTEGER PRIMARY KEY (rowid=?)",       // the record
		"SEARCH r USING INTEGER PRIMARY KEY (rowid=?)",            // the record
		"SEARCH record USING COVERING INDEX record_time (time>?)", // where a period begins
	}
	now := time.Now()
	for _, q := range everyQuery(now.Add(-time.Hour), now) {
		text, args := selectRecords, []any{"A", "*", -1, 9, 9}
		if lists := listsOf(q); lists != nil {
			found, more := search(q, lists)
			text, args = found, append(append(args, 0), more...)
		}
		for _, step := range plan(t, s, text, args...) {
			if reads(step) && !slices.Contains(allowed, step) {
				t.Errorf("%+v: %s", q, step)
			}
		}
	}
	for _, q := range []struct {
		text string
		args []any
	}{{selectNrFrom, []any{""}}, {selectNewest, nil}, {selectPieces, []any{"[0]", "[1]", -1, 9}}, {deleteTerms, []any{"[[0,1,2]]"}}} {
		for _, step := range plan(t, s, q.text, q.args...) {
			if reads(step) && !slices.Contains(allowed, step) {
				t.Errorf("%s: %s", q.text, step)
			}
		}
	}
}

// reads reports whether a step reads a table, and not what was asked or what another step found.
func reads(step string) bool {
	return (strings.HasPrefix(step, "SEARCH") || strings.HasPrefix(step, "SCAN")) && !strings.HasPrefix(step, "SCAN (subquery") && !strings.Contains(step, "VIRTUAL TABLE")
}

// everyQuery gives every combination of filters.
func everyQuery(from, to time.Time) (list []audit.Query) {
	for i := range 1 << 5 {
		q := audit.Query{Party: "A", Limit: 9}
		if i&1 > 0 {
			q.Case = "c"
		}
		if i&2 > 0 {
			q.Participant = "A/a"
		}
		if i&4 > 0 {
			q.Reason = "r"
		}
		if i&8 > 0 {
			q.Kind = "besluit"
		}
		if i&16 > 0 {
			q.From, q.To = from, to
		}
		list = append(list, q)
	}
	return list
}

// plan gives what SQLite says that it will do, step by step.
func plan(t *testing.T, s *Store, text string, args ...any) []string {
	t.Helper()
	rows, err := s.readers.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, args...)
	must(t, err)
	steps, err := collect(rows, func(row scanner) (detail string, err error) {
		var id, parent, unused int
		return detail, row.Scan(&id, &parent, &unused, &detail)
	})
	must(t, err)
	return steps
}
