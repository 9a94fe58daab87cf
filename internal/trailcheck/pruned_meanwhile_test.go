package trailcheck_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// TestPrunedWhileTheTrailIsChecked: that a gateway prunes what the check read already is no falsehood. That fewer rows are there than the check
// saw hides nothing either: a row that is left of a record without content is found.
func TestPrunedWhileTheTrailIsChecked(t *testing.T) {
	for name, left := range map[string]struct {
		row  string
		nr   int64
		what string
	}{
		"nothing is left":       {},
		"a row of a list":       {`INSERT INTO record_term (segment, term, nr) VALUES (0, 1, 5)`, 5, "is opgeschoond en wordt toch nog gevonden"},
		"a reader":              {`INSERT INTO record_party (party, nr) VALUES ('C', 6)`, 6, "is te lezen voor een partij die er niet in staat"},
		"a row of a later page": {`INSERT INTO record_term (segment, term, nr) VALUES (0, 2, 550)`, 550, "is opgeschoond en wordt toch nog gevonden"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, sqlite.FileName)
		secret, public, err := tlog.GenerateKey(origin)
		must(t, err)
		signer, err := tlog.ParseSigner(secret)
		must(t, err)
		verifier, err := tlog.ParseVerifier(public)
		must(t, err)
		store, err := sqlite.Open(t.Context(), path)
		must(t, err)
		begin := func(ago time.Duration) *audit.Sequencer {
			log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: origin, Signer: signer, Now: func() time.Time { return time.Now().Add(-ago) }})
			must(t, err)
			return log
		}
		old := begin(6 * 366 * 24 * time.Hour)
		records := make([]tlog.Record, 600) // more than a page
		for i := range records {
			records[i] = tlog.Record{Kind: tlog.Fetched, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}}
		}
		_, err = old.Commit(t.Context(), audit.Change{Keep: "P5Y", Records: records})
		must(t, err)
		must(t, old.Close())
		db, err := sql.Open("sqlite", path) // somebody with full access to the file
		must(t, err)
		_, err = db.Exec(left.row)
		must(t, errors.Join(err, db.Close()))
		log := begin(0)
		var once sync.Once
		_, err = trailcheck.Trail{Dir: dir, Names: []note.Verifier{verifier}, Progress: func(int64, int64) {
			once.Do(func() { must(t, relay.New(relay.Options{Store: store, Log: log, Now: time.Now}).Prune(t.Context())) })
		}}.Verify(t.Context())
		var untrue *trailcheck.False
		switch {
		case left.row == "":
			must(t, err)
		case !errors.As(err, &untrue) || untrue.Nr != left.nr || untrue.What != left.what:
			t.Errorf("%s: %v", name, err)
		}
		must(t, log.Close())
		must(t, store.Close())
	}
}
