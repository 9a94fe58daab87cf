package postgres

import (
	"fmt"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// refused wants a statement to fail for want of a right.
func refused(t *testing.T, who, url string, statements ...string) {
	t.Helper()
	conn := dial(t, url)
	for _, statement := range statements {
		if _, err := conn.Exec(t.Context(), statement); codeOf(err) != "42501" { // insufficient_privilege
			t.Errorf("%s: %s: %v", who, statement, err)
		}
	}
}

// TestGatewayCannotRewriteTheTrail: the role has no right to it, whatever runs as that role.
func TestGatewayCannotRewriteTheTrail(t *testing.T) {
	db := migrated(t)
	for table, column := range map[string]string{"record": "kind", "record_party": "party", "hash": "hash", "checkpoint": "note"} {
		refused(t, "gateway", db.Gateway,
			fmt.Sprintf("UPDATE sluis.%s SET %s = %s", table, column, column),
			"DELETE FROM sluis."+table,
			"TRUNCATE sluis."+table,
			"ALTER TABLE sluis."+table+" DISABLE TRIGGER ALL",
			"ALTER TABLE sluis."+table+" ADD COLUMN more int",
			"DROP TABLE sluis."+table,
			"BEGIN; LOCK TABLE sluis."+table+" IN ACCESS EXCLUSIVE MODE; COMMIT")
	}
	refused(t, "gateway", db.Gateway,
		"DELETE FROM sluis.head", "INSERT INTO sluis.head (id, size) VALUES (2, 0)", "TRUNCATE sluis.head",
		"UPDATE sluis.works_with SET oldest = 0", "DELETE FROM "+stepTable,
		"DELETE FROM sluis.card", "UPDATE sluis.card SET compact = ''", "DELETE FROM sluis.convenant", "UPDATE sluis.convenant SET yaml = ''",
		"DELETE FROM sluis.message", "DELETE FROM sluis.recipient", "UPDATE sluis.recipient SET deadline_ms = 0",
		"CREATE TABLE sluis.mine (n int)", "CREATE TABLE doorvoer.mine (n int)", "CREATE TABLE public.mine (n int)", "CREATE SCHEMA mine",
		"CREATE FUNCTION sluis.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP SCHEMA sluis CASCADE",
		"SET ROLE "+pgtest.OwnerRole, "SET SESSION AUTHORIZATION "+pgtest.OwnerRole,
		"SET session_replication_role = replica", // which would switch triggers off
	)
}

// TestReaderReadsNoMore: whoever makes reports sees no ciphertext, no envelope, no record itself, and writes nothing.
func TestReaderReadsNoMore(t *testing.T) {
	db := migrated(t)
	refused(t, "reader", db.Reader,
		"SELECT * FROM doorvoer.content", "SELECT * FROM doorvoer.chunk", "SELECT count(*) FROM doorvoer.chunk",
		"SELECT envelope FROM sluis.message", "SELECT canonical FROM sluis.record", "SELECT compact FROM sluis.card", "SELECT case_id FROM sluis.message",
		"INSERT INTO sluis.checkpoint (size, note) VALUES (1, '')", "UPDATE sluis.head SET size = 1", "DELETE FROM sluis.record",
		"CREATE TABLE sluis.mine (n int)", "SET ROLE "+gatewayGroup)
	conn := dial(t, db.Reader)
	for _, statement := range []string{"SELECT nr, kind, time_ms, reasons FROM sluis.record", "SELECT size FROM sluis.head", "SELECT status, count(*) FROM sluis.recipient GROUP BY status"} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Errorf("reader: %s: %v", statement, err)
		}
	}
}

// TestStrangersGetNothing: who is in neither group does not come in.
func TestStrangersGetNothing(t *testing.T) {
	db := migrated(t)
	stranger := "vreemde_" + db.Name // a role is of the whole server, and stays
	db.Cluster.Exec(t, db.Name, "CREATE ROLE "+stranger, "GRANT CONNECT ON DATABASE "+db.Name+" TO "+stranger)
	conn := dial(t, db.Cluster.Admin(db.Name))
	if _, err := conn.Exec(t.Context(), "SET ROLE "+stranger); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"SELECT 1 FROM sluis.head", "SELECT 1 FROM doorvoer.chunk", "SELECT sluis.advance('')", "SELECT oldest FROM sluis.works_with"} {
		if _, err := conn.Exec(t.Context(), statement); codeOf(err) != "42501" {
			t.Errorf("a stranger: %s: %v", statement, err)
		}
	}
}

// TestTriggersStopTheOwnerToo: no right is missing there, and still the trail only grows.
func TestTriggersStopTheOwnerToo(t *testing.T) {
	conn := dial(t, migrated(t).Owner)
	for _, statement := range []string{
		"TRUNCATE sluis.record CASCADE", "DELETE FROM sluis.hash", "UPDATE sluis.checkpoint SET note = ''", "DELETE FROM sluis.head", "UPDATE sluis.head SET size = -1",
	} {
		if _, err := conn.Exec(t.Context(), statement); codeOf(err) != "P0001" { // raise_exception
			t.Errorf("owner: %s: %v", statement, err)
		}
	}
}
