package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTheFileItselfKeepsRecords: whatever asks for it, a record changes in one way only, and not before its time.
func TestTheFileItselfKeepsRecords(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now().UTC()
	held := "held"
	for nr, at := range []time.Time{now.AddDate(0, 0, -9), now.AddDate(0, 0, -9), now.AddDate(0, 0, -9), now} {
		r := tlog.Record{Nr: int64(nr), Kind: tlog.Fetched, Time: at.Format(tlog.TimeLayout)}
		until := at.AddDate(0, 0, 5)
		switch nr {
		case 1:
			r.Case = &held
		case 2:
			until = time.Time{} // for good
		}
		err := s.Update(t.Context(), func(tx audit.Tx) error { return tx.AppendRecord(r, []byte("{}"), []string{"A"}, until) })
		if err != nil {
			t.Fatal(err)
		}
	}
	const gone = `UPDATE record SET canonical = NULL, message = NULL, case_id = NULL, jws_digest = NULL WHERE nr = `
	run := func(statement string) error {
		return s.write.transact(t.Context(), func() error { _, err := s.write.exec(statement); return err })
	}
	if err := run(`INSERT INTO hold (nr, case_id, party, reason) VALUES (0, 'held', 'A', 'klacht')`); err != nil {
		t.Fatal(err)
	}
	for name, statement := range map[string]string{
		"young": gone + "3", "held": gone + "1", "for good": gone + "2", "all at once": `UPDATE record SET canonical = NULL`,
		"in part":         `UPDATE record SET canonical = NULL, kind = 'x' WHERE nr = 0`,
		"another content": `UPDATE record SET canonical = x'7b7d' WHERE nr = 0`, "another time": `UPDATE record SET time = '' WHERE nr = 0`,
		"another term": `UPDATE record SET keep_until = '2000-01-01T00:00:00.000Z' WHERE nr = 3`, "removed": `DELETE FROM record WHERE nr = 0`,
		"its reader": `DELETE FROM record_party WHERE nr = 0`, "who could read it": `INSERT INTO pruned_party VALUES ('A', 0); DELETE FROM pruned_party`,
	} {
		if err := run(statement); err == nil {
			t.Errorf("%s: the file let it happen", name)
		}
	}
	if err := run(gone + "0"); err != nil {
		t.Errorf("at the end of its term: %v", err)
	}
	if err := run(`DELETE FROM record_party WHERE nr = 0`); err != nil {
		t.Errorf("and then its reader: %v", err)
	}
}
