package gateway_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// BenchmarkPgbench is what to hold BenchmarkAccept on PostgreSQL against: pgbench of the same engine, on the same cluster, inserts the rows
// that one accepted message leaves, in one transaction, from as many connections. No TLS, no signature, no decision, no proof; no lock on
// the head of the log either, and the values stand in the prepared statements, so that nothing travels. All of that is in its favour.
func BenchmarkPgbench(b *testing.B) {
	r := gatewaytest.Start(b, gatewaytest.OnPostgres())
	sendOne(b, r)
	r.Stop()
	cluster := r.Database.Cluster
	cluster.Exec(b, r.Database.Name, "CREATE SEQUENCE public.bench START 1000000") // far from what the region left
	script := filepath.Join(cluster.Dir(), "bench.sql")
	if err := os.WriteFile(script, []byte(insertsOfOneMessage(b, r)), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, clients := range clientCounts {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			before := databaseCPU(b, r)
			out, err := cluster.Command("pgbench", "--no-vacuum", "--protocol=prepared", "--client="+strconv.Itoa(clients), "--jobs=1",
				"--time="+strconv.Itoa(pgbenchSeconds), "--file="+script, cluster.Admin(r.Database.Name)).CombinedOutput()
			if err != nil {
				b.Fatalf("running pgbench: %v\n%s", err, out)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(found(b, tps, out), "messages/s")
			b.ReportMetric(found(b, latency, out), "mean-ms")
			b.ReportMetric(float64((databaseCPU(b, r)-before).Microseconds())/found(b, processed, out), "db-cpu-µs")
		})
	}
}

// pgbenchSeconds is how long pgbench is at it: it counts by itself, so that the benchmark's own time must not be longer.
const pgbenchSeconds = 4

var (
	processed = regexp.MustCompile(`transactions actually processed: ([0-9]+)`)
	tps       = regexp.MustCompile(`tps = ([0-9.]+)`)
	latency   = regexp.MustCompile(`latency average = ([0-9.]+) ms`)
)

func found(b *testing.B, pattern *regexp.Regexp, out []byte) float64 {
	b.Helper()
	match := pattern.FindSubmatch(out)
	if match == nil {
		b.Fatalf("pgbench does not say %s:\n%s", pattern, out)
	}
	value, err := strconv.ParseFloat(string(match[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return value
}

// messageTables are the tables that an accepted message adds to, in an order that the foreign keys allow, with the condition that picks its
// rows, and the columns that must differ from one message to the next.
var messageTables = []struct {
	name, where string
	keys        map[string]string
}{
	{"sluis.record", "nr >= (SELECT max(nr) FROM sluis.message) - 1", map[string]string{"nr": key + " + nr", "message": id, "case_id": id, "jws_digest": digestOfID}},
	{"sluis.record_party", "nr >= (SELECT max(nr) FROM sluis.message) - 1", map[string]string{"nr": key + " + nr"}},
	{"sluis.record_term", "nr >= (SELECT max(nr) FROM sluis.message) - 1", map[string]string{"nr": key + " + nr"}},
	{"sluis.hash", "ix > (SELECT max(ix) FROM sluis.hash) - 4", map[string]string{"ix": key + " + ix"}},
	{"sluis.checkpoint", "size = (SELECT max(size) FROM sluis.checkpoint)", map[string]string{"size": key + " + size"}},
	{"sluis.message", "nr = (SELECT max(nr) FROM sluis.message)", map[string]string{"nr": key + " + nr", "id": id, "case_id": id}},
	{"sluis.recipient", "message = (SELECT max(nr) FROM sluis.message)", map[string]string{"message": key + " + message"}},
	{"doorvoer.content", "message = (SELECT max(nr) FROM sluis.message)", map[string]string{"message": key + " + message"}},
	{"doorvoer.chunk", "content = (SELECT max(id) FROM doorvoer.content)", map[string]string{"content": "currval(pg_get_serial_sequence('doorvoer.content', 'id'))"}},
}

// What stands for a key: ten apart, so that the rows of one message never meet those of another.
const (
	key        = `10 * currval('public.bench')`
	id         = `lpad(currval('public.bench')::text, 36, '0')`
	digestOfID = `sha256(currval('public.bench')::text::bytea)`
)

// insertsOfOneMessage writes the script: one statement for each table, as PostgreSQL itself writes down the rows that are there.
func insertsOfOneMessage(b *testing.B, r *gatewaytest.Region) string {
	b.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, r.Database.Cluster.Admin(r.Database.Name))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(ctx)
	script := []string{"BEGIN", "SELECT nextval('public.bench')"}
	for _, t := range messageTables {
		names, err := texts(ctx, conn, `SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' ORDER BY attnum`, t.name)
		if err != nil {
			b.Fatal(err)
		}
		values := make([]string, len(names))
		for i, name := range names {
			values[i] = "quote_nullable(" + name + "::text)"
			if expression, ok := t.keys[name]; ok {
				values[i] = "'" + strings.ReplaceAll(strings.ReplaceAll(expression, "'", "''"), "+ "+name, "+ ' || "+name+" || '") + "'"
			}
		}
		rows, err := texts(ctx, conn, "SELECT '(' || concat_ws(', ', "+strings.Join(values, ", ")+") || ')' FROM "+t.name+" WHERE "+t.where)
		if err != nil || len(rows) == 0 {
			b.Fatalf("the message left nothing in %s: %v", t.name, err)
		}
		list := strings.ReplaceAll(strings.Join(rows, ", "), "=:", "=' || chr(58) || '") // a colon and letters would be a variable of pgbench
		script = append(script, "INSERT INTO "+t.name+" ("+strings.Join(names, ", ")+") VALUES "+list)
	}
	return strings.Join(append(script, "COMMIT"), ";\n") + ";\n"
}

func texts(ctx context.Context, conn *pgx.Conn, query string, args ...any) ([]string, error) {
	rows, err := conn.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
