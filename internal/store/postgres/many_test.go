package postgres

import (
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestManyRecords: appending, proving and searching cost the same in a long log; see [conformance.Many].
//
// The server has what docs/operations.md asks of one with a long log. After each checkpoint PostgreSQL writes every page that is
// touched to the WAL whole, once, and the pages of a long log's indexes are many: with the defaults, meant for small databases, there
// was a checkpoint every half minute, and a long log reached 0.74 of the rate of a new one.
func TestManyRecords(t *testing.T) {
	cluster := pgtest.Shared(t)
	admin := dial(t, cluster.Admin("postgres"))
	for _, statement := range []string{
		"ALTER SYSTEM SET max_wal_size = '8GB'", "ALTER SYSTEM SET checkpoint_timeout = '15min'", "ALTER SYSTEM SET wal_compression = on", "SELECT pg_reload_conf()",
	} {
		if _, err := admin.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	var databases sync.Map // by folder
	conformance.Many(t, func(t testing.TB, dir string) conformance.Store {
		t.Helper()
		db, ok := databases.Load(dir)
		if !ok {
			db, _ = databases.LoadOrStore(dir, migrated(t))
		}
		s, err := Open(t.Context(), Options{URL: db.(*pgtest.Database).Gateway})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}, 20_000)
}
