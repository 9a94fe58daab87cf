package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestARegionMoves: a gateway on its own file, with letters in every state, is moved with the command to a database. Another gateway there
// answers everybody as before, and the same log goes on.
func TestARegionMoves(t *testing.T) {
	r := gatewaytest.Start(t)
	desk := openDesk(t, r)
	letters := desk.fill()
	before := desk.look()
	r.Stop()
	db := pgtest.Shared(t).Database(t)
	check(t, postgres.Migrate(t.Context(), postgres.Options{URL: db.Owner}))
	settings := filepath.Join(r.Dir, "sluis.yaml")
	check(t, os.WriteFile(settings, fmt.Appendf(nil, "dir: %s\nstore: {owner: '%s'}\n", r.Config.Dir, db.Owner), 0o600))
	last := sizeOf(t, filepath.Join(r.Config.Dir, "controlepunt"))

	code, stdout, stderr := sluis("db", "move", "--config", settings)
	if code != 0 || !regexp.MustCompile(`Verplaatst: `+strconv.FormatInt(last, 10)+` auditregels, 5 berichten waarvan 3 met lading`).MatchString(stdout) {
		t.Fatalf("code %d\n%s%s", code, stdout, stderr)
	}
	if strings.Contains(stdout+stderr, "wachtwoord") || strings.Contains(stdout+stderr, "eigenaar") {
		t.Errorf("who may enter the database is printed:\n%s%s", stdout, stderr)
	}
	if _, err := gateway.New(t.Context(), r.Config, quiet()); err == nil || !strings.Contains(startError(err).Error(), "verplaatst naar "+db.Name+" op ") {
		t.Errorf("a gateway on the file that was left: %v", err)
	}

	r.Restart(func(c *gateway.Config) { c.Store.Postgres = db.Gateway })
	after := desk.look()
	for question := range before {
		if before[question] != after[question] {
			t.Errorf("%s: %.300s, and before the move %.300s", question, after[question], before[question])
		}
	}
	if len(before) < 60 || len(before) != len(after) {
		t.Errorf("%d questions before the move, and %d after", len(before), len(after))
	}
	desk.goOn(letters) // each answer's checkpoint is held to the one in the profile, with a proof
	for _, who := range []string{"school/vc-1", "politie/wa-7"} {
		if now := sizeOf(t, filepath.Join(r.Person(who).Profile, "controlepunt")); now <= last {
			t.Errorf("%s saw a log of %d, after one of %d", who, now, last)
		}
	}
	r.Stop()
	check(t, os.RemoveAll(filepath.Join(r.Config.Dir, "database"))) // as the command says
	own := filepath.Join(r.Config.Dir, "controlepunt")
	if now := sizeOf(t, own); now <= last {
		t.Errorf("the gateway showed a log of %d, after one of %d", now, last)
	}
	r.Database = db
	code, stdout, stderr = sluis("db", "verify", "--config", settingsOf(t, r), "--controlepunt", own)
	if code != 0 || !strings.Contains(stdout, "gaat verder op 1 van de 1") {
		t.Errorf("code %d\n%s%s", code, stdout, stderr)
	}
}

func settingsOf(t *testing.T, r *gatewaytest.Region) string {
	t.Helper()
	r.Config.Store.Postgres = r.Database.Gateway
	return settings(t, r)
}

// sizeOf gives how many records a kept checkpoint is of.
func sizeOf(t *testing.T, file string) int64 {
	t.Helper()
	note, err := os.ReadFile(file)
	check(t, err)
	_, size, _, err := tlog.Claimed(note)
	check(t, err)
	return size
}

var convenantRef = message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1}
