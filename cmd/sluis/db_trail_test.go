package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// settings writes the configuration of a region as an operator does.
func settings(t *testing.T, r *gatewaytest.Region) string {
	t.Helper()
	file := filepath.Join(r.Dir, "sluis.yaml")
	check(t, os.WriteFile(file, fmt.Appendf(nil, `dir: %s
api: {listen: '127.0.0.1:0', publicURL: '%s', certFile: %s, keyFile: %s, clientAnchorsFile: %[5]s}
admin: {listen: '127.0.0.1:0'}
cards: {anchorsFile: %[5]s}
store: {postgres: '%[6]s'}
`, r.Config.Dir, r.URL, r.Config.API.CertFile, r.Config.API.KeyFile, r.Config.Cards.AnchorsFile, r.Database.Gateway), 0o600))
	return file
}

// TestTheTrailOfADatabase is verified, compared with what others hold, and verified once more in a database where a dump was put back.
func TestTheTrailOfADatabase(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.OnPostgres())
	r.Stop()
	file, own := settings(t, r), filepath.Join(r.Config.Dir, "controlepunt")
	key := filepath.Join(r.Dir, "log.vkey")
	check(t, os.WriteFile(key, []byte(r.Gateway.LogVerifierKey()+"\n"), 0o600))

	other := gatewaytest.Start(t, gatewaytest.Bare())
	other.Stop()
	foreign := filepath.Join(other.Config.Dir, "controlepunt")

	cluster := pgtest.Shared(t)
	dump := func(name string, more ...string) string {
		out := filepath.Join(cluster.Dir(), name)
		args := append([]string{"--format=custom", "--file=" + out, "--username=" + pgtest.OwnerRole}, more...)
		if said, err := cluster.Command("pg_dump", append(args, r.Database.Name)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		return out
	}
	text, err := os.ReadFile(file)
	check(t, err)
	away := filepath.Join(r.Dir, "weg.yaml")
	check(t, os.WriteFile(away, []byte(strings.ReplaceAll(string(text), "/"+r.Database.Name+"?", "/weg?")), 0o600))
	elsewhere, secret := filepath.Join(r.Dir, "elders.yaml"), filepath.Join(r.Dir, "spoor.key")
	check(t, os.WriteFile(elsewhere, append(text, "log: {keyFile: '"+secret+"'}\n"...), 0o600))
	check(t, os.Link(filepath.Join(r.Config.Dir, "log.key"), secret))
	good := dump("goed.dump", "--exclude-table-data=doorvoer.*")
	trial := cluster.Database(t).Owner
	for _, c := range []struct {
		name string
		args []string
		code int
		say  string
	}{
		{"verify", []string{"verify", "--config", file}, 0, "klopt."},
		{"verify with the key elsewhere", []string{"verify", "--config", elsewhere}, 0, "(spoor.key)"},
		{"verify with what others hold", []string{"verify", "--config", file, "--sleutel", key, "--controlepunt", own}, 0, "gaat verder op 1 van de 1"},
		{"verify with another log's", []string{"verify", "--config", file, "--controlepunt", foreign}, 1, "niet door dit auditspoor ondertekend"},
		{"verify where nothing is", []string{"verify", "--config", away}, 1, "er is niets gecontroleerd: de databaseserver laat deze rol niet toe"},
		{"verify with no file", []string{"verify", "--config", file, "--controlepunt", file + ".weg"}, 1, "bestaat niet"},
		{"admit nothing", []string{"admit-loss", "--config", file, "--akkoord"}, 1, "er is niets verloren"},
		{"admit without a yes", []string{"admit-loss", "--config", file}, 2, "--akkoord"},
		{"admit another log's", []string{"admit-loss", "--config", file, "--akkoord", "--controlepunt", foreign}, 1, "niet door dit auditspoor ondertekend"},
		{"a dump", []string{"backup-check", good}, 0, "geen lading"},
		{"a dump with ciphertext", []string{"backup-check", dump("vol.dump")}, 1, "doorvoer"},
		{"a dump without the trail", []string{"backup-check", dump("half.dump", "--exclude-table-data=doorvoer.*", "--exclude-table-data=sluis.hash")}, 1, "sluis.hash niet"},
		{"no dump", []string{"backup-check", file}, 1, "kan deze dump niet lezen"},
		{"a dump tried", []string{"backup-check", good, "--proef", trial, "--sleutel", key}, 0, "staat zij niet in deze kopie"},
		{"a dump tried where one is", []string{"backup-check", good, "--proef", trial, "--sleutel", key}, 1, "moet leeg zijn"},
		{"a dump tried where nothing is", []string{"backup-check", good, "--proef", cluster.As(pgtest.OwnerRole, "weg"), "--sleutel", key}, 1, "geen verbinding te krijgen"},
		{"a dump tried without a key", []string{"backup-check", good, "--proef", trial}, 2, "horen bij elkaar"},
	} {
		code, stdout, stderr := sluis(append([]string{"db"}, c.args...)...)
		if code != c.code || !strings.Contains(stdout+stderr, c.say) {
			t.Errorf("%s: code %d\n%s%s", c.name, code, stdout, stderr)
		}
		if strings.Contains(stdout+stderr, "PRIVATE") || strings.Contains(stdout+stderr, "wachtwoord van") {
			t.Errorf("%s: a secret was printed", c.name)
		}
	}
}
