package trailcheck_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// TestTrailsThatEndAtAnEdge: a page has 512 records and a stretch of lists 32,768. A trail that ends at such an edge, or one record before or
// after it, is checked up to its last record, and in all that is kept beside that one.
func TestTrailsThatEndAtAnEdge(t *testing.T) {
	dir := t.TempDir()
	secret, public, err := tlog.GenerateKey(origin)
	must(t, err)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	verifier, err := tlog.ParseVerifier(public)
	must(t, err)
	have := 0
	grow := func(to int) {
		store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
		must(t, err)
		log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: origin, Signer: signer})
		must(t, err)
		for have < to {
			some := make([]tlog.Record, min(to-have, 2000))
			for i := range some {
				some[i] = tlog.Record{Kind: tlog.Fetched, Case: ptr(fmt.Sprint(have + i)), Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}}
			}
			_, err := log.Commit(t.Context(), audit.Change{Records: some})
			must(t, err)
			have += len(some)
		}
		must(t, log.Close())
		must(t, store.Close())
	}
	for _, size := range []int{1, 511, 512, 513, 1024, 1<<15 - 1, 1 << 15, 1<<15 + 1} {
		grow(size)
		report, err := trailcheck.Verify(t.Context(), dir, verifier)
		if err != nil || report.Records != int64(size) {
			t.Fatalf("of %d records %d were checked: %v", size, report.Records, err)
		}
		last := size - 1
		for name, statement := range map[string]string{
			"hidden in a search": `DELETE FROM record_term WHERE (segment, term, nr) = (SELECT segment, term, nr FROM record_term WHERE nr = %d LIMIT 1)`,
			"a reader more":      `INSERT INTO record_party VALUES ('C', %d)`,
			"another hash":       `UPDATE hash SET hash = zeroblob(32) WHERE ix = (SELECT max(ix) FROM hash) AND %d >= 0`,
		} {
			if size > 1024 && name != "hidden in a search" {
				continue // nothing but lists goes by stretches
			}
			var untrue *trailcheck.False
			if err := tampered(t, dir, verifier, fmt.Sprintf(statement, last)); !errors.As(err, &untrue) || untrue.Nr != int64(last) {
				t.Errorf("%s, of the last of %d: %v", name, size, err)
			}
		}
	}
}
