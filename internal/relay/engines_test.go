package relay_test

import (
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// engine makes a store, and gives what opens it as a process does: each time one of its own on PostgreSQL, on SQLite the one that there can be.
type engine func(t testing.TB, dir string) (open func() conformance.Store)

var engines = map[string]engine{"sqlite": onSQLite, "postgres": onPostgres}

func onSQLite(t testing.TB, dir string) func() conformance.Store {
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	return func() conformance.Store { return store }
}

func onPostgres(t testing.TB, _ string) func() conformance.Store {
	db := pgtest.Shared(t).Database(t)
	must(t, postgres.Migrate(t.Context(), postgres.Options{URL: db.Owner}))
	return func() conformance.Store {
		store, err := postgres.Open(t.Context(), postgres.Options{URL: db.Gateway})
		must(t, err)
		t.Cleanup(func() { must(t, store.Close()) })
		return store
	}
}
