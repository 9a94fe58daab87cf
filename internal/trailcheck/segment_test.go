package trailcheck

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestListsAreReadWhereTheStoreKeepsThem: around the end of a segment every row is seen in the one in which a search looks for it, and a row
// that stands in the other, though the same page of records is there too, is not.
func TestListsAreReadWhereTheStoreKeepsThem(t *testing.T) {
	const first, last = 1<<15 - 10, 1<<15 + 9
	path := filepath.Join(t.TempDir(), FileName)
	store, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	err = store.Update(t.Context(), func(tx audit.Tx) error {
		for nr := int64(first); nr <= last; nr++ {
			r := tlog.Record{Nr: nr, Kind: tlog.Fetched, Time: time.Now().UTC().Format(tlog.TimeLayout), Sender: &tlog.Actor{Party: "A"}}
			if err := tx.AppendRecord(r, []byte("{}"), []string{"A"}, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path) // somebody with full access to the file
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	hidden := func(number int64) error {
		s := &stretch{number: number}
		for nr := int64(first); nr <= last; nr++ {
			if nr>>segmentBits == number {
				for _, term := range (&record{kind: "opgehaald", said: said{sender: new("A")}}).terms("A") {
					s.want = append(s.want, place[int64]{term, nr})
				}
			}
		}
		return s.inLists(t.Context(), &check{db: db, from: file{}})
	}
	if err := errors.Join(hidden(0), hidden(1)); err != nil {
		t.Fatal(err)
	}
	for number, nr := range []int64{1<<15 - 1, 1 << 15} {
		if _, err := db.ExecContext(t.Context(), `UPDATE record_term SET segment = 1 - segment WHERE nr = ?`, nr); err != nil {
			t.Fatal(err)
		}
		var untrue *False
		if err := hidden(int64(number)); !errors.As(err, &untrue) || untrue.Nr != nr {
			t.Errorf("record %d is where no search looks: %v", nr, err)
		}
	}
}
