package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// The lists below are all that the roles may do besides reading. A migration that grants more makes this test fail: whoever extends a list
// says, by doing so, that a gateway needs it.

// changes are the tables that a gateway may change rows of, by column, or remove rows from.
var changes = map[string]string{
	"doorvoer.content": "DELETE UPDATE(day,message,staged_ms,staging)",
	"doorvoer.chunk":   "DELETE",
	"sluis.head":       "UPDATE(note,registry,size,time_ms)",
	"sluis.hold":       "DELETE", // when it is lifted; that it was stands in the trail
	"sluis.message":    "UPDATE(status)",
	"sluis.recipient":  "UPDATE(status)",
	"sluis.review":     "UPDATE(closed)",
	"sluis.seen_token": "DELETE",
}

// TestGatewayMayChangeNoMore looks at every table there is.
func TestGatewayMayChangeNoMore(t *testing.T) {
	conn := dial(t, migrated(t).Owner)
	got := pairs(t, conn, `
		SELECT c.oid::regclass::text, trim(concat_ws(' ',
			CASE WHEN has_table_privilege($1, c.oid, 'DELETE') THEN 'DELETE' END,
			CASE WHEN has_table_privilege($1, c.oid, 'TRUNCATE') THEN 'TRUNCATE' END,
			CASE WHEN has_table_privilege($1, c.oid, 'TRIGGER') THEN 'TRIGGER' END,
			CASE WHEN has_table_privilege($1, c.oid, 'REFERENCES') THEN 'REFERENCES' END,
			'UPDATE(' || (SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute
				WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND has_column_privilege($1, c.oid, attname, 'UPDATE')) || ')'))
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('sluis', 'doorvoer') AND c.relkind IN ('r', 'p', 'v', 'm')`, pgtest.GatewayRole)
	if diff := cmp.Diff(changes, got); diff != "" {
		t.Errorf("what the gateway may change (-want +got):\n%s", diff)
	}
}

// TestReaderMayChangeNothing in any table, nor read any ciphertext.
func TestReaderMayChangeNothing(t *testing.T) {
	conn := dial(t, migrated(t).Owner)
	got := pairs(t, conn, `
		SELECT c.oid::regclass::text, 'too much' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('sluis', 'doorvoer') AND c.relkind IN ('r', 'p', 'v', 'm') AND (
			has_table_privilege($1, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES') OR has_any_column_privilege($1, c.oid, 'INSERT, UPDATE')
			OR n.nspname = 'doorvoer' AND has_any_column_privilege($1, c.oid, 'SELECT'))`, pgtest.ReaderRole)
	if diff := cmp.Diff(map[string]string{}, got); diff != "" {
		t.Errorf("what the reader may do (-want +got):\n%s", diff)
	}
}

// TestFunctionsAreBounded: nobody but the two groups may call one; and one that runs with the rights of the owner names the schemas in which
// it looks, so that a caller cannot put a table or function of his own before ours.
func TestFunctionsAreBounded(t *testing.T) {
	conn := dial(t, migrated(t).Owner)
	got := pairs(t, conn, `
		SELECT p.oid::regprocedure::text, concat_ws(' ',
			CASE WHEN prosecdef AND NOT coalesce(array_to_string(proconfig, ' ') LIKE '%search_path=%', false) THEN 'runs as the owner in any schema' END,
			CASE WHEN EXISTS (SELECT 1 FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0) THEN 'everybody may call it' END)
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('sluis', 'doorvoer')`)
	if diff := cmp.Diff(map[string]string{}, got); diff != "" {
		t.Errorf("functions (-want +got):\n%s", diff)
	}
	as := pairs(t, conn, `
		SELECT p.oid::regprocedure::text, CASE WHEN has_function_privilege($1, p.oid, 'EXECUTE') THEN 'reader' ELSE '' END || CASE WHEN has_function_privilege($2, p.oid, 'EXECUTE') THEN 'gateway' ELSE '' END
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('sluis', 'doorvoer') AND prosecdef`, pgtest.ReaderRole, pgtest.GatewayRole)
	if diff := cmp.Diff(asOwner, as); diff != "" {
		t.Errorf("functions that run as the owner (-want +got):\n%s", diff)
	}
}

// asOwner are the functions that do with the owner's rights what a gateway may not do itself.
var asOwner = map[string]string{
	"sluis.prune(bigint[],bigint[],bigint[])": "gateway", // empties records that are past their term; see 00003_retention.sql
}

// pairs reads names with what is said of them, and leaves out those of which nothing is said.
func pairs(t *testing.T, conn *pgx.Conn, query string, args ...any) map[string]string {
	t.Helper()
	rows, err := conn.Query(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	var name, what string
	if _, err := pgx.ForEachRow(rows, []any{&name, &what}, func() error {
		if what != "" {
			list[name] = what
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}
