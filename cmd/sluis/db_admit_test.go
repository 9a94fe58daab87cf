package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestAdmittingALoss: an older copy of a database takes the place of a newer one. Verifying tells what is missing, admitting it puts it in the
// trail and tells what everybody needs, and the gateway goes on; a second time there is nothing to admit.
func TestAdmittingALoss(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.OnPostgres())
	db, held := r.Database, filepath.Join(r.Dir, "controlepunt-van-een-ander")
	r.Stop()
	db.Cluster.Exec(t, "postgres", "CREATE DATABASE kopie OWNER eigenaar TEMPLATE "+db.Name)
	r.Restart()
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100)
	if resp := r.Person("school/vc-1").Send(envelope, payload); resp.StatusCode != http.StatusCreated {
		t.Fatal(resp.Status)
	}
	r.Stop()
	newest, err := os.ReadFile(filepath.Join(r.Config.Dir, "controlepunt"))
	check(t, errors.Join(err, os.WriteFile(held, newest, 0o600)))
	db.Cluster.Exec(t, "postgres", "DROP DATABASE "+db.Name, "ALTER DATABASE kopie RENAME TO "+db.Name,
		"REVOKE ALL ON DATABASE "+db.Name+" FROM PUBLIC", "GRANT CONNECT ON DATABASE "+db.Name+" TO sluis_gateway")

	file := settings(t, r)
	for _, c := range []struct {
		args []string
		code int
		say  []string
	}{
		{[]string{"serve", "--config", file}, 1, []string{"mist auditregels", "docs/operations.md"}},
		{[]string{"db", "verify", "--config", file, "--controlepunt", held}, 1, []string{"Verloren: regel "}},
		{[]string{"db", "admit-loss", "--config", file, "--controlepunt", held, "--akkoord"}, 0,
			[]string{"Vastgelegd in auditregel ", "Het spoor heet nu ", "/log/2.", "Start de sluizen weer", r.Gateway.LogVerifierKey(), "/log/2+"}},
		{[]string{"db", "admit-loss", "--config", file, "--controlepunt", held, "--akkoord"}, 1, []string{"er is niets verloren"}},
		{[]string{"db", "verify", "--config", file, "--controlepunt", held}, 0, []string{"Verloren en toegegeven", "geeft het spoor zelf toe"}},
	} {
		code, stdout, stderr := sluis(c.args...)
		for _, say := range c.say {
			if !strings.Contains(stdout+stderr, say) {
				t.Errorf("%s does not say %q", c.args[:2], say)
			}
		}
		if code != c.code || strings.Contains(stdout+stderr, "PRIVATE") {
			t.Errorf("%s: code %d\n%s%s", c.args[:2], code, stdout, stderr)
		}
	}
	r.Restart()
	envelope, payload = r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100)
	if resp := r.Person("school/vc-1").Send(envelope, payload); resp.StatusCode != http.StatusCreated {
		t.Errorf("after admitting: %s", resp.Status)
	}
}
