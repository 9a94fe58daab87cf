package move

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// unverified moves a store as Run does, but for the trail: what tests keep is not always one.
func unverified(t testing.TB, dir string, db *pgtest.Database) {
	t.Helper()
	source, err := sqlite.OpenToMove(t.Context(), filepath.Join(dir, sqlite.FileName))
	must(t, err)
	_, err = run(t.Context(), Options{Database: postgres.Options{URL: db.Owner}, Destination: db.Name}, source,
		func(*mover, context.Context, audit.Head) (trailcheck.Report, error) { return trailcheck.Report{}, nil })
	must(t, err)
	must(t, source.Close())
}

// migrated gives an empty database with the schema of this version.
func migrated(t testing.TB) *pgtest.Database {
	t.Helper()
	db := pgtest.Shared(t).Database(t)
	must(t, postgres.Migrate(t.Context(), postgres.Options{URL: db.Owner}))
	return db
}

// emptied takes everything out of a database but its form, which only an administrator can. It is sooner done than making a new one.
func emptied(t testing.TB, db *pgtest.Database) {
	t.Helper()
	db.Cluster.Exec(t, db.Name, `
		DO $$
		DECLARE name text;
		BEGIN
			SET LOCAL session_replication_role = replica; -- no trigger stops it
			FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
				WHERE schemaname IN ('sluis', 'doorvoer') AND tablename NOT IN ('step', 'works_with', 'head')
			LOOP
				EXECUTE 'DELETE FROM ' || name;
			END LOOP;
			UPDATE sluis.head SET size = 0, note = NULL, time_ms = NULL, registry = 0;
			UPDATE sluis.works_with SET oldest = 0;
		END $$`)
}

// settled waits until the server knows that the process which filled a database is gone.
func settled(t testing.TB, db *pgtest.Database) {
	t.Helper()
	f, err := postgres.OpenFilling(t.Context(), postgres.Options{URL: db.Owner}) // which waits for its turn
	must(t, err)
	must(t, f.Close())
}

// opened gives the store in a database, as a gateway opens it.
func opened(t testing.TB, db *pgtest.Database) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), postgres.Options{URL: db.Gateway})
	must(t, err)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
