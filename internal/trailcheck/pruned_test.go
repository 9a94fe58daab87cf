package trailcheck_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// pruned makes a folder with a trail of which records 0 to 29 were pruned, in batches; 30 and 31 are of a case that is held, 32 is of
// another that is no longer, and what comes after is young.
func pruned(t *testing.T) (string, note.Verifier) {
	t.Helper()
	dir := t.TempDir()
	secret, public, err := tlog.GenerateKey(origin)
	must(t, err)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	verifier, err := tlog.ParseVerifier(public)
	must(t, err)
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
	must(t, err)
	begin := func(ago time.Duration) *audit.Sequencer {
		log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: origin, Signer: signer, Now: func() time.Time { return time.Now().Add(-ago) }})
		must(t, err)
		return log
	}
	log := begin(6 * 366 * 24 * time.Hour)
	commit := func(keep string, w audit.Write, records ...tlog.Record) {
		t.Helper()
		c := audit.Change{Keep: keep, Records: records}
		if w != nil {
			c.Writes = []audit.Write{w}
		}
		_, err := log.Commit(t.Context(), c)
		must(t, err)
	}
	of := func(kind tlog.RecordKind, caseID string, parties ...string) tlog.Record {
		r := tlog.Record{Kind: kind, Sender: &tlog.Actor{Party: parties[0]}, Reasons: []string{"bezwaar"}}
		if caseID != "" {
			r.Case = &caseID
		}
		for _, oin := range parties[1:] {
			r.Recipients = append(r.Recipients, tlog.Target{Party: oin})
		}
		return r
	}
	for range 9 {
		commit("P5Y", nil, of(tlog.Consulted, "", "A"), of(tlog.Fetched, "", "A", "B"), of(tlog.Fetched, "", "B", "C"))
	}
	commit("P5Y", nil, tlog.Record{Kind: tlog.Refused}, tlog.Record{Kind: tlog.Refused}, of(tlog.Fetched, "free", "A"))
	commit("P5Y", nil, of(tlog.Fetched, "held", "A"))
	commit("P5Y", relay.HoldWrite{Case: "held", Party: "A", Reason: relay.Objection}, of(tlog.Held, "held", "A"))
	commit("P5Y", relay.HoldWrite{Case: "free", Party: "A", Reason: relay.Objection}, of(tlog.Held, "free", "A"))
	must(t, log.Close())
	log = begin(0)
	must(t, relay.New(relay.Options{Store: store, Log: log, Now: time.Now}).Prune(t.Context())) // all but two cases
	commit("P5Y", relay.ReleaseWrite{Case: "free", Party: "A", Reason: relay.Objection}, of(tlog.Released, "free", "A"))
	must(t, relay.New(relay.Options{Store: store, Log: log, Now: time.Now}).Prune(t.Context()))
	commit("P5Y", nil, of(tlog.Fetched, "", "A", "B"))
	must(t, log.Close())
	must(t, store.Close())
	return dir, verifier
}

// TestPrunedTrail: all hashes are verified, and it is told how many records have no content any more.
func TestPrunedTrail(t *testing.T) {
	dir, verifier := pruned(t)
	report, err := trailcheck.Verify(t.Context(), dir, verifier)
	if err != nil || report.Pruned != 31 || report.Kinds["opgeschoond"] != 5 {
		t.Errorf("%d were pruned, %v, %v", report.Pruned, report.Kinds, err)
	}
	if _, err := trailcheck.Read(t.Context(), dir, 4); !errors.Is(err, trailcheck.ErrPruned) {
		t.Errorf("reading one of them: %v", err)
	}
}

// TestHidingIsNotPruning: who empties a record in the database, or what is said about it, is found out.
func TestHidingIsNotPruning(t *testing.T) {
	dir, verifier := pruned(t)
	const last = `(SELECT max(nr) FROM record)`
	for name, statements := range map[string][]string{
		"a record emptied": {`UPDATE record SET canonical = NULL, message = NULL, case_id = NULL, jws_digest = NULL WHERE nr = ` + last,
			`DELETE FROM record_party WHERE nr = ` + last, `DELETE FROM record_term WHERE nr = ` + last},
		"a record emptied, with readers as if pruned": {`INSERT INTO pruned_party SELECT party, nr FROM record_party WHERE nr = ` + last,
			`UPDATE record SET canonical = NULL, message = NULL, case_id = NULL, jws_digest = NULL WHERE nr = ` + last,
			`DELETE FROM record_party WHERE nr = ` + last, `DELETE FROM record_term WHERE nr = ` + last},
		"what was said of it emptied":    {`UPDATE record SET canonical = NULL WHERE kind = 'opgeschoond'`},
		"a reader less":                  {`DELETE FROM pruned_party WHERE party = 'B' AND nr = 1`},
		"a reader more":                  {`INSERT INTO pruned_party VALUES ('C', 1)`},
		"still found by its reader":      {`INSERT INTO record_party VALUES ('A', 0)`},
		"still found in a search":        {`INSERT INTO record_term VALUES (0, 1, 0)`},
		"still found by its message":     {`UPDATE record SET message = 'm' WHERE nr = 1`},
		"another hash":                   {`UPDATE hash SET hash = zeroblob(32) WHERE ix = 3`},
		"a hash less":                    {`DELETE FROM hash WHERE ix = 3`},
		"content come back":              {`UPDATE record SET canonical = x'7b7d' WHERE nr = 1`},
		"let go in silence":              {`DELETE FROM hold`},
		"held in somebody else's name":   {`UPDATE hold SET party = 'B'`},
		"a kind that stays, without any": {`UPDATE record SET kind = 'kaart' WHERE nr = 1`},
		"a time that goes back":          {`UPDATE record SET time = '2000-01-01T00:00:00.000Z' WHERE nr = 7`},
	} {
		var false_ *trailcheck.False
		if err := tampered(t, dir, verifier, statements...); !errors.As(err, &false_) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tampered(t, dir, verifier); err != nil {
		t.Errorf("an honest copy: %v", err)
	}
}
