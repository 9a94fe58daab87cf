package trailcheck

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// TestARecordThatIsInAMillionLists: sixty kilobytes of names and reasons make more rows than fit in memory. They are not made: a record that
// no gateway keeps is called so.
func TestARecordThatIsInAMillionLists(t *testing.T) {
	wide := func(people, reasons int) *record {
		list := func(n int) string { return strings.Repeat(`"x",`, n-1) + `"x"` }
		r := &record{nr: 7, kind: "opgehaald"}
		for name, of := range value(`{"ontvangers":[{"deelnemers":[` + list(people) + `],"partij":"A"}],"redenen":[` + list(reasons) + `]}`).members() {
			r.said.take(string(name), of)
		}
		return r
	}
	for _, one := range []struct {
		people, reasons, readers int
		sound                    bool
	}{{200, 40, 11, true}, {7000, 7000, 1, false}, {1100, 1100, 2, false}} {
		r := wide(one.people, one.reasons)
		p := &page{records: []record{*r}}
		for i := range one.readers {
			p.readers = append(p.readers, place[string]{fmt.Sprint(i), r.nr})
		}
		var untrue *False
		err := (&check{from: server{}}).readersOf(t.Context(), p)
		if one.sound && err != nil || !one.sound && (!errors.As(err, &untrue) || untrue.Nr != r.nr) {
			t.Errorf("%+v: %v", one, err)
		}
		if !one.sound {
			continue
		}
		if got := len(r.terms("0")); got > r.lists() || got == 0 {
			t.Errorf("%+v: it is in %d lists, of %d at most", one, got, r.lists())
		}
	}
}

// TestAStretchWithManyRows: what is remembered of it is looked for before it has grown without end, and each row is counted once.
func TestAStretchWithManyRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	store, err := sqlite.Open(t.Context(), path)
	must(t, errors.Join(err, store.Close()))
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	// Records that were pruned while the trail was checked: that their rows are gone is no falsehood.
	_, err = db.ExecContext(t.Context(), `INSERT INTO record (nr, kind, time) VALUES (0, 'opgehaald', ''), (1, 'opgehaald', '')`)
	must(t, err)
	terms := make([]int64, mostRows)
	for i := range terms {
		terms[i] = int64(i)
	}
	c := &check{db: db, from: file{}}
	must(t, errors.Join(c.find(t.Context(), &record{nr: 0}, terms), c.find(t.Context(), &record{nr: 1}, terms[:1])))
	must(t, c.find(t.Context(), &record{nr: 1}, nil))
	if n := len(c.lists.want); n != 0 {
		t.Errorf("%d rows are still remembered", n)
	}
	must(t, errors.Join(c.lookInLists(t.Context()), c.looked()))
	if n := c.listed.Load(); n != mostRows+1 {
		t.Errorf("%d rows were counted", n)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
