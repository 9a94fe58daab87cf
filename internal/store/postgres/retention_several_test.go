package postgres

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// aged gives a database in which records of six years ago lie at the end of their term, cases of 30 records each, for two readers; and the key
// of its log.
func aged(t *testing.T, cases int) (*pgtest.Database, string) {
	t.Helper()
	db := migrated(t)
	secret, _, err := tlog.GenerateKey(origin)
	must(t, err)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	ago := func() time.Time { return time.Now().AddDate(-6, 0, 0) }
	log, err := audit.NewSequencer(t.Context(), opened(t, db), audit.Options{Origin: origin, Signer: signer, Now: ago})
	must(t, err)
	for n := range cases {
		c, name := audit.Change{Keep: "P5Y"}, caseName(n)
		for range 30 {
			c.Records = append(c.Records, tlog.Record{Kind: tlog.Fetched, Case: &name, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}})
		}
		_, err := log.Commit(t.Context(), c)
		must(t, err)
	}
	must(t, log.Close())
	return db, secret
}

func caseName(n int) string { return fmt.Sprintf("zaak-%d", n) }

// TestSeveralGatewaysPruneAtOnce, while parties hold cases and let go of them: none of them fails, nothing of a case goes after its hold was
// kept, what goes is said once, and who verifies the trail finds it whole.
func TestSeveralGatewaysPruneAtOnce(t *testing.T) {
	const cases = 60
	db, secret := aged(t, cases)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	verifier, err := tlog.VerifierOf(secret)
	must(t, err)
	var all sync.WaitGroup
	gateways := make([]process, 3)
	for i := range gateways {
		s := opened(t, db)
		log, err := audit.NewSequencer(t.Context(), s, audit.Options{Origin: origin, Signer: signer})
		must(t, err)
		t.Cleanup(func() { must(t, log.Close()) })
		gateways[i] = process{s, log}
	}
	left := make([]int, cases) // of each case, when its hold had just been kept
	for i, g := range gateways {
		if i < 2 {
			all.Go(func() {
				if err := relay.New(relay.Options{Store: g.Store, Log: g.log, Now: time.Now}).Prune(t.Context()); err != nil {
					t.Errorf("gateway %d: %v", i, err)
				}
			})
			continue
		}
		all.Go(func() {
			for n := cases - 1; n >= 0; n -= 7 { // the last are pruned last
				name := caseName(n)
				_, err := g.log.Commit(t.Context(), audit.Change{Keep: "P5Y", Writes: []audit.Write{relay.HoldWrite{Case: name, Party: "A", Reason: relay.Complaint}},
					Records: []tlog.Record{{Kind: tlog.Held, Case: &name, Sender: &tlog.Actor{Party: "A"}, Reasons: []string{string(relay.Complaint)}}}})
				if err != nil {
					t.Errorf("holding: %v", err)
				}
				left[n] = g.ofCase(t, name)
			}
		})
	}
	all.Wait()
	kept := 0
	for n := cases - 1; n >= 0; n -= 7 {
		now := gateways[0].ofCase(t, caseName(n))
		if now != left[n] {
			t.Errorf("case %d: %d records when it was held, %d later", n, left[n], now)
		}
		kept += now - 1 // but the record of the hold
	}
	config, err := pgx.ParseConfig(db.Owner)
	must(t, err)
	report, err := trailcheck.VerifyServer(t.Context(), config, verifier)
	if err != nil || int(report.Pruned) != cases*30-kept {
		t.Errorf("%d were pruned, %d kept: %v", report.Pruned, kept, err)
	}
}

// ofCase counts the records of a case that A finds.
func (p process) ofCase(t *testing.T, name string) int {
	found, err := p.Search(t.Context(), audit.Query{Party: "A", Case: name, Limit: 1000})
	if err != nil {
		t.Error(err)
	}
	return len(found)
}
