package postgres

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// kept is a store and the database that it is in.
type kept struct {
	*Store
	db *pgtest.Database
}

// Left counts the rows in which something of data stands. What stands in the files of the server until they are cleared away is the
// business of TestWhatIsLeftOfErasedCiphertext.
func (k kept) Left(t testing.TB, data ...[]byte) (n int) {
	t.Helper()
	admin := dial(t, k.db.Cluster.Admin(k.db.Name))
	for _, d := range data {
		var found int
		err := admin.QueryRow(t.Context(), `SELECT count(*) FROM doorvoer.chunk WHERE position(substr($1::bytea, 1, 64) IN data) > 0`, d).Scan(&found)
		if err != nil {
			t.Fatal(err)
		}
		n += found
	}
	return n
}

// TestConformance gives each law the same database, emptied when it asks for a folder that was not asked for before.
func TestConformance(t *testing.T) {
	db := migrated(t)
	admin := dial(t, db.Cluster.Admin(db.Name))
	last := ""
	conformance.Run(t, func(t testing.TB, dir string) conformance.Store {
		t.Helper()
		if dir != last {
			empty(t, admin)
			last = dir
		}
		s, err := Open(t.Context(), Options{URL: db.Gateway})
		if err != nil {
			t.Fatal(err)
		}
		return kept{s, db}
	})
}
