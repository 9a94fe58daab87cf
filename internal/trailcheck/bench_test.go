package trailcheck_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// BenchmarkVerify checks a whole trail, of SLUIS_RECORDS records or 50,000, on each engine; what the trail is, [longTrail] says.
func BenchmarkVerify(b *testing.B) {
	records := 50_000
	if text := os.Getenv("SLUIS_RECORDS"); text != "" {
		var err error
		records, err = strconv.Atoi(text)
		must(b, err)
	}
	b.Run("sqlite", func(b *testing.B) {
		dir := b.TempDir()
		store, err := sqlite.Open(b.Context(), filepath.Join(dir, sqlite.FileName))
		must(b, err)
		public := longTrail(b, store, records)
		must(b, store.Close())
		verify(b, trailcheck.Trail{Dir: dir}, public)
	})
	b.Run("postgres", func(b *testing.B) {
		db := pgtest.Shared(b).Database(b)
		must(b, postgres.Migrate(b.Context(), postgres.Options{URL: db.Owner}))
		store, err := postgres.Open(b.Context(), postgres.Options{URL: db.Gateway})
		must(b, err)
		public := longTrail(b, store, records)
		must(b, store.Close())
		server, err := pgx.ParseConfig(db.Gateway)
		must(b, err)
		verify(b, trailcheck.Trail{Server: server}, public)
	})
}

func verify(b *testing.B, t trailcheck.Trail, public string) {
	b.Helper()
	verifier, err := tlog.ParseVerifier(public)
	must(b, err)
	t.Names = append(t.Names, verifier)
	var records int64
	for b.Loop() {
		report, err := t.Verify(b.Context())
		must(b, err)
		records += report.Records
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}
