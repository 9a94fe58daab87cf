package gateway_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// BenchmarkPlainInserts is what to hold BenchmarkAccept against: the same rows that one accepted message leaves, inserted by the
// same engine with the same durability, one transaction for so many messages; no TLS, no signature, no decision, no proof.
func BenchmarkPlainInserts(b *testing.B) {
	for _, batch := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("transaction=%d", batch), func(b *testing.B) {
			db, rows := rowsOfOneMessage(b)
			b.ResetTimer()
			for done := 0; done < b.N; done += batch {
				insert(b, db, rows, done, min(batch, b.N-done))
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}

// row is what one message left in a table, and which of its columns must differ for the next: numbers go up, texts change.
type row struct {
	insert string
	values []any
	keys   []int
}

// tables are the tables that an accepted message adds to, in an order that the foreign keys allow, with the condition that picks
// its rows, and the columns that are keys.
var tables = []struct {
	name, where string
	keys        []int
}{
	{"record", "nr >= (SELECT max(nr) FROM message) - 1", []int{0}},
	{"record_party", "nr >= (SELECT max(nr) FROM message) - 1", []int{1}},
	{"record_term", "nr >= (SELECT max(nr) FROM message) - 1", []int{2}},
	{"decision", "nr >= (SELECT max(nr) FROM message) - 1", []int{1}},
	{"hash", "ix > (SELECT max(ix) FROM hash) - 4", []int{0}},
	{"checkpoint", "size = (SELECT max(size) FROM checkpoint)", []int{0}},
	{"message", "nr = (SELECT max(nr) FROM message)", []int{0, 1, 4}},
	{"recipient", "message = (SELECT max(nr) FROM message)", []int{0}},
	{"content", "message = (SELECT max(nr) FROM message)", []int{0, 1}},
	{"chunk", "content = (SELECT max(id) FROM content)", []int{0}},
}

// rowsOfOneMessage lets a real gateway accept one message, and opens a copy of what it kept.
func rowsOfOneMessage(b *testing.B) (*sql.DB, []row) {
	b.Helper()
	r := gatewaytest.Start(b)
	envelope, file := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), benchPayload)
	r.Person("school/vc-1").Send(envelope, file).Body.Close()
	r.Stop()
	data, err := os.ReadFile(filepath.Join(r.Config.Dir, sqlite.FolderName, sqlite.FileName))
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "plain.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)&_pragma=foreign_keys(1)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	var all []row
	for _, t := range tables {
		all = append(all, read(b, db, t.name, t.where, t.keys)...)
	}
	return db, all
}

func read(b *testing.B, db *sql.DB, table, where string, keys []int) []row {
	b.Helper()
	found, err := db.Query("SELECT * FROM " + table + " WHERE " + where)
	if err != nil {
		b.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		b.Fatal(err)
	}
	statement := "INSERT INTO " + table + " VALUES (" + strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",") + ")"
	var all []row
	for found.Next() {
		one := row{statement, make([]any, len(columns)), keys}
		into := make([]any, len(columns))
		for i := range into {
			into[i] = &one.values[i]
		}
		if err := found.Scan(into...); err != nil {
			b.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		b.Fatalf("the message left nothing in %s", table)
	}
	return all
}

// insert puts in the rows of n messages, as the messages first, first+1 … after the one that was read, durably.
func insert(b *testing.B, db *sql.DB, rows []row, first, n int) {
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	for m := first + 1; m <= first+n; m++ {
		for _, r := range rows {
			values := append([]any(nil), r.values...)
			for _, k := range r.keys {
				switch key := values[k].(type) {
				case int64:
					values[k] = key + int64(m)*10
				case string:
					values[k] = fmt.Sprintf("%.20s%016d", key, m)
				}
			}
			if _, err := tx.Exec(r.insert, values...); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}
