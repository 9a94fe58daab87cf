package postgres

import (
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestManyRecords: appending, proving and searching cost the same in a long log; see [conformance.Many].
func TestManyRecords(t *testing.T) {
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
