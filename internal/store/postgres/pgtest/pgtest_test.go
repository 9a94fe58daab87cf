package pgtest

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// TestRolesAreSeparate: each logs in as itself, and none is a superuser.
func TestRolesAreSeparate(t *testing.T) {
	db := Shared(t).Database(t)
	for want, address := range map[string]string{OwnerRole: db.Owner, GatewayRole: db.Gateway, ReaderRole: db.Reader} {
		var name string
		var super bool
		err := connect(t, address).QueryRow(t.Context(), "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles WHERE rolname = session_user").Scan(&name, &super)
		if err != nil || name != want || super {
			t.Errorf("logged in as %s, with power %t: %v", name, super, err)
		}
	}
}

func TestCommitsAreDurable(t *testing.T) {
	conn := connect(t, Shared(t).Database(t).Gateway)
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := conn.QueryRow(t.Context(), "SHOW "+name).Scan(&value); err != nil || value != "on" {
			t.Errorf("%s is %q: %v", name, value, err)
		}
	}
}

// TestKilledKeeps: what was committed before a kill is there after it, and a stopped server starts with another setting.
func TestKilledKeeps(t *testing.T) {
	c := Start(t)
	db := c.Database(t)
	conn := connect(t, db.Owner)
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA s; CREATE TABLE s.t (n int); INSERT INTO s.t VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	c.Kill()
	if err := conn.Ping(t.Context()); err == nil {
		t.Fatal("a killed server answers")
	}
	c.Restart(t, Setting("work_mem = '5MB'"))
	var n int
	var setting string
	if err := connect(t, db.Owner).QueryRow(t.Context(), "SELECT n, current_setting('work_mem') FROM s.t").Scan(&n, &setting); err != nil || n != 7 || setting != "5MB" {
		t.Errorf("read %d, %s: %v", n, setting, err)
	}
}

// TestNothingIsLeft: the watcher removes folder and server.
func TestNothingIsLeft(t *testing.T) {
	var c *Cluster
	t.Run("within", func(t *testing.T) { c = Start(t) })
	if _, err := os.Stat(c.Dir()); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
	select {
	case <-c.server.done:
	default:
		t.Error("the server still runs")
	}
}
