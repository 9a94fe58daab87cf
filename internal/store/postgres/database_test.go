package postgres

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// migrated gives a database with the schema of this version.
func migrated(t testing.TB) *pgtest.Database {
	t.Helper()
	db := pgtest.Shared(t).Database(t)
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	return db
}

// apart gives one in a cluster of its own, of which settings can be changed.
func apart(t testing.TB, options ...pgtest.Option) *pgtest.Database {
	t.Helper()
	db := pgtest.Start(t, options...).Database(t)
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	return db
}

// opened gives a store on a database, as a gateway opens it.
func opened(t testing.TB, db *pgtest.Database) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{URL: db.Gateway})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// dial gives a bare connection.
func dial(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// empty takes everything out of a database but its form, which only an administrator can. It is sooner done than making a new one.
func empty(t testing.TB, admin *pgx.Conn) {
	t.Helper()
	_, err := admin.Exec(t.Context(), `
		SET session_replication_role = replica; -- no trigger stops it
		DO $$
		DECLARE name text;
		BEGIN
			FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
				WHERE schemaname IN ('sluis', 'doorvoer') AND tablename NOT IN ('step', 'works_with', 'head')
			LOOP
				EXECUTE 'DELETE FROM ' || name;
			END LOOP;
		END $$;
		UPDATE sluis.head SET size = 0, note = NULL, time_ms = NULL, registry = 0`, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		t.Fatal(err)
	}
}
