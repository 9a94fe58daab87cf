package sqlite

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestOldRecordsAreFound: a store from before there were lists gets them when it is opened, the same as if they had always been there.
func TestOldRecordsAreFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := openAt(t, path)
	kase := "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"
	must(t, s.Update(t.Context(), func(tx audit.Tx) error {
		for nr := range int64(20) {
			r := tlog.Record{Nr: nr, Kind: tlog.Decided, Time: "2026-11-22T10:00:00.000Z", TraceID: "0af7651916cd43dd8448eb211c80319c", SpanID: "b7ad6b7169203331",
				Salt: "5imv9nM5zS-vMTNj2HcFzrPrKQD-SYgg_wZZr5KvAqs", Case: &kase, Sender: &tlog.Actor{Party: "A", Participant: "a"}, Reasons: []string{"r"}}
			canonical, err := r.Canonical()
			must(t, err)
			must(t, tx.AppendRecord(r, canonical, []string{"A", "B"}, moment(0)))
		}
		return nil
	}))
	want := terms(t, s)
	must(t, s.Close())
	db, err := sql.Open("sqlite", address(path))
	must(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	for _, statement := range []string{"DROP TABLE record_term", "DROP INDEX record_time"} { // as it was before migration 10
		_, err := tx.ExecContext(t.Context(), statement)
		must(t, err)
	}
	must(t, makeTerms(t.Context(), tx))
	segments, err := migrations.ReadFile("migrations/00012_segments.sql")
	must(t, err)
	_, err = tx.ExecContext(t.Context(), string(segments))
	must(t, err)
	must(t, tx.Commit())
	must(t, db.Close())
	s = openAt(t, path)
	if got := terms(t, s); len(want) < 100 || !slices.Equal(got, want) {
		t.Errorf("%d rows were in the lists, and are now %d", len(want), len(got))
	}
	found, err := s.Search(t.Context(), audit.Query{Party: "B", Participant: "A/a", Reason: "r", Limit: 100})
	must(t, err)
	if len(found) != 20 {
		t.Errorf("%d of 20 old records are found", len(found))
	}
}

// terms gives all lists, with the segment of each row.
func terms(t *testing.T, s *Store) [][3]int64 {
	t.Helper()
	rows, err := s.readers.QueryContext(t.Context(), "SELECT segment, term, nr FROM record_term ORDER BY 1, 2, 3")
	must(t, err)
	list, err := collect(rows, func(row scanner) (r [3]int64, err error) { return r, row.Scan(&r[0], &r[1], &r[2]) })
	must(t, err)
	return list
}
