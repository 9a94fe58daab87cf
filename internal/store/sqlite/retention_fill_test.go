package sqlite

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

// TestOldRecordsGetATerm: what was recorded before records had a term stays as long as its convenant says, five years where there is none,
// and for good where the rest cannot be verified without it.
func TestOldRecordsGetATerm(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	must(t, prepareFile(path))
	db, err := sql.Open("sqlite", address(path))
	must(t, err)
	must(t, recognise(t.Context(), db))
	before := fstest.MapFS{}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	must(t, err)
	for _, name := range files {
		if strings.Contains(name, "_retention") {
			continue
		}
		text, err := fs.ReadFile(migrations, name)
		must(t, err)
		before[filepath.Base(name)] = &fstest.MapFile{Data: text}
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, before, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(fillTerms))
	must(t, err)
	_, err = provider.UpTo(t.Context(), 10)
	must(t, err)
	run := func(statement string, args ...any) {
		t.Helper()
		_, err := db.ExecContext(t.Context(), statement, args...)
		must(t, err)
	}
	for i, term := range []string{"P5Y", "P18M", "P1Y6M10D", "P90D"} {
		run(`INSERT INTO convenant (id, version, digest, yaml, canonical) VALUES ('c', ?, '', x'', ?)`, i+1, fmt.Appendf(nil, `{"bewaartermijnAudit":%q}`, term))
	}
	want := map[int64]string{}
	for nr, old := range []struct{ kind, convenant, until string }{
		{"aangeboden", `{"id":"c","versie":1}`, "2031-11-23T00:00:00.000Z"}, {"besluit", `{"id":"c","versie":2}`, "2028-05-23T00:00:00.000Z"},
		{"besluit", `{"id":"c","versie":3}`, "2028-06-02T00:00:00.000Z"}, {"gewist", `{"id":"c","versie":4}`, "2027-02-21T00:00:00.000Z"},
		{"besluit", `{"id":"d","versie":1}`, "2031-11-23T00:00:00.000Z"}, {"raadpleging", `null`, "2031-11-23T00:00:00.000Z"},
		{"kaart", `null`, ""}, {"convenant", `{"id":"c","versie":1}`, ""}, {"wpg-besluit", `null`, ""}, {"beleid", `null`, ""},
	} {
		run(`INSERT INTO record (nr, kind, time, message, canonical) VALUES (?, ?, '2026-11-22T10:00:00.000Z', 'm', ?)`,
			nr, old.kind, fmt.Appendf(nil, `{"convenant":%s,"zaak":"z%d"}`, old.convenant, nr))
		want[int64(nr)] = old.until
	}
	must(t, db.Close())
	s := openAt(t, path)
	rows, err := s.readers.QueryContext(t.Context(), `SELECT nr, coalesce(keep_until, ''), case_id, canonical FROM record ORDER BY nr`)
	must(t, err)
	seen, err := collect(rows, func(row scanner) (nr int64, err error) {
		var until, caseID string
		var canonical []byte
		if err := row.Scan(&nr, &until, &caseID, &canonical); err != nil {
			return nr, err
		}
		if until != want[nr] || caseID != fmt.Sprintf("z%d", nr) || !strings.Contains(string(canonical), `"convenant"`) {
			t.Errorf("record %d stays until %q, want %q; case %q", nr, until, want[nr], caseID)
		}
		return nr, nil
	})
	must(t, err)
	if len(seen) != len(want) {
		t.Errorf("%d of %d records are there", len(seen), len(want))
	}
	if err := s.write.transact(t.Context(), func() error { _, err := s.write.exec(`UPDATE record SET kind = 'x'`); return err }); err == nil {
		t.Error("a record can be changed after the migration")
	}
}
