package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestARestoredDumpIsComparedBeforeAGatewayStarts, as docs/operations.md says: a message waited when the dump was made, and more came after
// it. Verifying says what to do about the payload that a dump leaves out, and then which records are gone.
func TestARestoredDumpIsComparedBeforeAGatewayStarts(t *testing.T) {
	cluster := pgtest.Shared(t)
	r := gatewaytest.Start(t, gatewaytest.OnDatabase(cluster.Database(t)))
	send := func() {
		envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100)
		if resp := r.Person("school/vc-1").Send(envelope, payload); resp.StatusCode != http.StatusCreated {
			t.Fatal(resp.Status)
		}
	}
	run := func(program string, args ...string) {
		if said, err := cluster.Command(program, append(args, "--username="+pgtest.OwnerRole)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", program, err, said)
		}
	}
	send()
	dump := filepath.Join(cluster.Dir(), "wachtend.dump")
	run("pg_dump", "--format=custom", "--exclude-table-data=doorvoer.*", "--file="+dump, "--dbname="+r.Database.Name)
	held := filepath.Join(r.Config.Dir, "controlepunt")
	r.Stop()
	atTheDump, err := os.ReadFile(held)
	check(t, err)
	early := filepath.Join(r.Dir, "controlepunt-toen")
	check(t, os.WriteFile(early, atTheDump, 0o600))
	r.Restart()
	send()
	r.Stop()

	r.Database = cluster.Database(t)
	run("pg_restore", "--exit-on-error", "--dbname="+r.Database.Name, dump)
	file := settings(t, r)
	for _, c := range []struct {
		args []string
		code int
		say  string
	}{
		{[]string{"--controlepunt", held}, 1, "controleer nog eens met --zonder-lading"},
		{[]string{"--zonder-lading", "--controlepunt", early}, 0, "gaat verder op 1 van de 1"},
		{[]string{"--zonder-lading", "--controlepunt", held}, 1, "Verloren: regel "},
	} {
		code, stdout, stderr := sluis(append([]string{"db", "verify", "--config", file}, c.args...)...)
		if code != c.code || !strings.Contains(stdout+stderr, c.say) {
			t.Errorf("%s: code %d\n%s%s", c.args, code, stdout, stderr)
		}
	}
}
