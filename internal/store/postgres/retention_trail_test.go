package postgres

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// TestAPrunedTrailIsVerified: six hundred old records go in batches, a case that is held stays, and who checks the trail finds it whole; and
// finds out who emptied a record without saying so.
func TestAPrunedTrailIsVerified(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	secret, public, err := tlog.GenerateKey("sluis.example/log")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	signer, err := tlog.ParseSigner(secret)
	must(err)
	verifier, err := tlog.ParseVerifier(public)
	must(err)
	begin := func(ago time.Duration) *audit.Sequencer {
		log, err := audit.NewSequencer(t.Context(), s, audit.Options{Origin: "sluis.example/log", Signer: signer, Now: func() time.Time { return time.Now().Add(-ago) }})
		must(err)
		return log
	}
	log, held := begin(6*366*24*time.Hour), "held"
	for range 6 {
		c := audit.Change{Keep: "P5Y"}
		for range 100 {
			c.Records = append(c.Records, tlog.Record{Kind: tlog.Fetched, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}})
		}
		_, err := log.Commit(t.Context(), c)
		must(err)
	}
	_, err = log.Commit(t.Context(), audit.Change{Keep: "P5Y", Writes: []audit.Write{relay.HoldWrite{Case: held, Party: "A", Reason: relay.Complaint}},
		Records: []tlog.Record{{Kind: tlog.Held, Case: &held, Sender: &tlog.Actor{Party: "A"}, Reasons: []string{"klacht"}}}})
	must(err)
	must(log.Close())
	log = begin(0)
	began := time.Now()
	must(relay.New(relay.Options{Store: s, Log: log, Now: time.Now}).Prune(t.Context()))
	t.Logf("600 records in %v", time.Since(began))
	must(log.Close())
	config, err := pgx.ParseConfig(db.Owner)
	must(err)
	report, err := trailcheck.VerifyServer(t.Context(), config, verifier)
	if err != nil || report.Pruned != 600 || report.Kinds["opgeschoond"] != 6 {
		t.Errorf("%d were pruned, %v, %v", report.Pruned, report.Kinds, err)
	}
	admin := dial(t, db.Cluster.Admin(db.Name))
	if _, err := admin.Exec(t.Context(), `ALTER TABLE sluis.pruned_party DISABLE TRIGGER ALL; DELETE FROM sluis.pruned_party WHERE party = 'B' AND nr = 1`); err != nil {
		t.Fatal(err)
	}
	if _, err := trailcheck.VerifyServer(t.Context(), config, verifier); err == nil {
		t.Error("a reader less was not noticed")
	}
}
