package postgres

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestWhatIsLeftOfErasedCiphertext holds what is said in decision 0022: the rows are out of reach at once; autovacuum clears them away
// by itself within its round, however few they are, in the table and in what lies beside it; until their place is used again their
// bytes stay in the files, which is why they are encrypted with the key of a day.
func TestWhatIsLeftOfErasedCiphertext(t *testing.T) {
	db := apart(t, pgtest.Setting("autovacuum_naptime = 1s"))
	list, _ := processes(t, db, 1)
	s, admin := list[0], dial(t, db.Cluster.Admin(db.Name))
	small, large := []byte(noise(4000)), []byte(noise(60_000)) // beside its row, and in the table for what is large
	var erasures []audit.Change
	for _, data := range [][]byte{small, large} {
		id := uuid.NewString()
		c := offer(id)
		c.Writes[0].(relay.AcceptWrite).Inline[relay.PayloadPart] = data
		_, err := s.log.Commit(t.Context(), c)
		must(t, err)
		erasures = append(erasures, audit.Change{Records: []tlog.Record{{Kind: tlog.Erased}}, Writes: []audit.Write{relay.EraseWrite{Message: id, Part: relay.PayloadPart}}})
	}
	_, err := admin.Exec(t.Context(), "CHECKPOINT")
	must(t, err)
	if conformance.Left(t, filepath.Join(db.Cluster.Data(), "base"), small) == 0 {
		t.Error("ciphertext is not where it is looked for")
	}
	for _, c := range erasures {
		_, err := s.log.Commit(t.Context(), c)
		must(t, err)
	}
	var rows int
	must(t, admin.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM doorvoer.chunk) + (SELECT count(*) FROM doorvoer.content)`).Scan(&rows))
	if rows != 0 {
		t.Errorf("%d rows are left", rows)
	}
	const cleared = `
		SELECT 3 - count(*) FILTER (WHERE s.n_dead_tup = 0 AND s.last_autovacuum IS NOT NULL) FROM pg_class c JOIN pg_stat_all_tables s ON s.relid IN (c.oid, c.reltoastrelid)
		WHERE c.oid IN ('doorvoer.chunk'::regclass, 'doorvoer.content'::regclass) AND s.n_tup_del > 0`
	left := 3 // both tables, and what lies beside one
	for deadline := time.Now().Add(2 * time.Minute); left > 0 && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		must(t, s.Update(t.Context(), func(audit.Tx) error { return nil })) // a session tells the server what it did when it does something again
		must(t, admin.QueryRow(t.Context(), cleared).Scan(&left))
	}
	if left > 0 {
		t.Errorf("%d tables still have dead rows", left)
	}
}
