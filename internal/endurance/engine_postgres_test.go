package endurance

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// cluster is a place in a database of a PostgreSQL cluster.
type cluster struct {
	*pgtest.Cluster
	database *pgtest.Database
	since    time.Time // nothing of the region was kept before
}

// inCluster gives a fresh database in a cluster.
func inCluster(t testing.TB, c *pgtest.Cluster) *cluster {
	t.Helper()
	return &cluster{c, c.Database(t), now()}
}

func (c *cluster) option() gatewaytest.Option { return gatewaytest.OnDatabase(c.database) }

func (c *cluster) settings() string { return fmt.Sprintf(", postgres: %q", c.database.Gateway) }

func (c *cluster) open(t testing.TB) *sql.DB {
	t.Helper()
	// As the administrator: no grant keeps anything from being seen.
	db, err := sql.Open("pgx", c.Admin(c.database.Name)+"&search_path=sluis,doorvoer")
	must(t, err)
	return db
}

func (c *cluster) asks() *questions {
	const ids = `(SELECT jsonb_array_elements_text($1::text::jsonb))`
	return &questions{
		messages: `SELECT id, (SELECT count(*) FROM content WHERE content.message = message.nr) FROM message WHERE id IN ` + ids,
		records: `SELECT message, kind, coalesce(convert_from(canonical, 'UTF8')::jsonb ->> 'besluit', '') FROM record
			WHERE message IN ` + ids,
		staged: `SELECT count(*) FROM content WHERE message IS NULL`,
		content: `SELECT chunk.data FROM chunk JOIN content ON chunk.content = content.id JOIN message
			ON content.message = message.nr WHERE message.id = $1 AND content.part = $2 ORDER BY chunk.nr`,
		tree:     `SELECT nr, canonical FROM record ORDER BY nr`,
		notes:    `SELECT note FROM checkpoint ORDER BY size`,
		accepted: `SELECT count(*) FILTER (WHERE nr < $1), count(*) FILTER (WHERE nr > $1) FROM record WHERE kind = 'aangeboden'`,
	}
}

func (c *cluster) verify(dir string) (string, error) {
	secret, err := os.ReadFile(filepath.Join(dir, "log.key"))
	if err != nil {
		return "", err
	}
	verifier, err := tlog.VerifierOf(string(secret))
	if err != nil {
		return "", err
	}
	server, err := pgx.ParseConfig(c.Admin(c.database.Name))
	if err != nil {
		return "", err
	}
	report, err := trailcheck.VerifyServer(context.Background(), server, verifier)
	return fmt.Sprintf("%+v", report), err
}

// copy makes a base backup of the running cluster.
func (c *cluster) copy(t testing.TB) backup {
	t.Helper()
	dir := filepath.Join(c.Dir(), "backup")
	c.program(t, "pg_basebackup", "--pgdata="+dir, "--checkpoint=fast", "--wal-method=stream")
	return backup{dir, func(t testing.TB) {
		t.Helper()
		c.Stop(t)
		must(t, os.RemoveAll(c.Data()))
		must(t, os.Rename(dir, c.Data()))
		c.Restart(t)
	}}
}

// bytes takes every file of the cluster that was written to since the region began (tables, indexes, WAL, what the server logged), and both
// kinds of dump, in which nothing is compressed that a table keeps so.
func (c *cluster) bytes(t testing.TB, p places) {
	t.Helper()
	p.addFolder(t, "database", c.Dir(), c.since)
	p["dump of all"] = c.program(t, "pg_dump", c.database.Name)
	p["dump"] = c.program(t, "pg_dump", "--exclude-table-data=doorvoer.*", c.database.Name)
}

func (c *cluster) program(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	cmd := c.Command(name, args...)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, faults.Bytes())
	}
	return out
}

// wipes is false: PostgreSQL leaves what is deleted in its files until it needs the room, and in its WAL. That is what day keys are for.
func (c *cluster) wipes() bool { return false }
