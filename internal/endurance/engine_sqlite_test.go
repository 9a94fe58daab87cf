package endurance

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// folder is a place in the gateway's own folder.
type folder struct{ dir string }

func (f *folder) option() gatewaytest.Option {
	return gatewaytest.With(func(c *gateway.Config) { f.dir = filepath.Join(c.Dir, sqlite.FolderName) })
}

func (f *folder) settings() string { return "" } // what holds where nothing is set

func (f *folder) open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(f.dir, sqlite.FileName)+"?mode=ro&_pragma=busy_timeout(5000)")
	must(t, err)
	return db
}

func (f *folder) asks() *questions {
	return &questions{
		messages: `SELECT id, (SELECT count(*) FROM content WHERE content.message = message.nr) FROM message
			WHERE id IN (SELECT value FROM json_each($1))`,
		records: `SELECT message, kind, coalesce(CAST(canonical AS TEXT) ->> 'besluit', '') FROM record
			WHERE message IN (SELECT value FROM json_each($1))`,
		staged: `SELECT count(*) FROM content WHERE message IS NULL`,
		content: `SELECT chunk.data FROM chunk JOIN content ON chunk.content = content.id JOIN message
			ON content.message = message.nr WHERE message.id = $1 AND content.part = $2 ORDER BY chunk.nr`,
		tree:     `SELECT nr, canonical FROM record ORDER BY nr`,
		accepted: `SELECT count(*) FILTER (WHERE nr < $1), count(*) FILTER (WHERE nr > $1) FROM record WHERE kind = 'aangeboden'`,
		notes:    `SELECT note FROM checkpoint ORDER BY size`,
	}
}

func (f *folder) verify(dir string) (string, error) { return run("trail", "verify", "--dir", dir) }

func (f *folder) copy(t testing.TB) backup {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(f.dir)))
	return backup{dir, func(t testing.TB) {
		t.Helper()
		must(t, os.RemoveAll(f.dir))
		must(t, os.CopyFS(f.dir, os.DirFS(dir)))
	}}
}

func (f *folder) bytes(t testing.TB, p places) {
	t.Helper()
	p.addFolder(t, "database", f.dir, time.Time{})
}

func (f *folder) wipes() bool { return true }
