package trailcheck

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// engine is what a trail is kept in. The questions stand in the code as SQLite knows them; each engine says them in its own words.
type engine interface {
	say(query string) string
	decisions() bool // whether there is a list of decisions: else they are found by a column of the record
	moment() string  // the column with the time of a record
	// in is a condition after the name of a column: its value is one of a list, which list gives as an argument.
	in() string
	list(values any) any
	inBytes() string // the same for bytes
	listBytes([][]byte) any
	// within are the rows of a stretch of records in the lists along which the trail is searched, where a search looks for them.
	within(s *stretch) (query string, args []any)
	// alongIndex has the rest of a transaction go along an index, and never through a whole table, however little is known of its size.
	alongIndex(ctx context.Context, tx *sql.Tx) error
}

func (c *check) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return c.db.QueryContext(ctx, c.from.say(query), args...)
}

func (c *check) queryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return c.db.QueryRowContext(ctx, c.from.say(query), args...)
}

// file is an SQLite file.
type file struct{}

func (file) say(query string) string { return query }
func (file) decisions() bool         { return true }

func (file) alongIndex(context.Context, *sql.Tx) error { return nil } // there it stands in the question
func (file) moment() string                            { return "time" }
func (file) in() string                                { return "IN (SELECT value FROM json_each(?))" }
func (file) inBytes() string                           { return "IN (SELECT unhex(value) FROM json_each(?))" }

func (f file) listBytes(values [][]byte) any {
	hexes := make([]string, len(values))
	for i, v := range values {
		hexes[i] = hex.EncodeToString(v)
	}
	return f.list(hexes)
}

func (file) list(values any) any {
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // texts and numbers can always be written
	}
	return string(text)
}

// within reads a whole piece from one end to the other: a row that stands in another one than its record's is not seen.
func (file) within(s *stretch) (string, []any) {
	return `SELECT term, nr FROM record_term WHERE segment = ? ORDER BY term, nr`, []any{s.number}
}

// server is a PostgreSQL database, whose schemas are on the search path.
type server struct{}

var (
	inRecord  = regexp.MustCompile(`json_extract\(CAST\((\w+)\.canonical AS TEXT\), '\$\.([^']+)'\)`)
	inElement = regexp.MustCompile(`json_extract\(t\.value, '\$\.(\w+)'\)`)
	elements  = regexp.MustCompile(`json_each\(CAST\((\w+)\.canonical AS TEXT\), '\$\.(\w+)'\) t`)
	numbered  = regexp.MustCompile(`\?(\d)`)
	inList    = regexp.MustCompile(`\[(\d+)\]`)
)

func (server) alongIndex(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SET LOCAL enable_seqscan = off")
	return err
}

func (server) decisions() bool               { return false }
func (server) moment() string                { return "time_ms" }
func (server) in() string                    { return "= ANY (?)" }
func (server) inBytes() string               { return "= ANY (?)" }
func (server) list(values any) any           { return values }
func (server) listBytes(values [][]byte) any { return values }

// within names the lists that have something: all are in one index.
func (server) within(s *stretch) (string, []any) {
	return `SELECT term, nr FROM record_term WHERE term = ANY (?) AND nr >= ? AND nr < ? ORDER BY term, nr`,
		[]any{s.terms(), s.number << segmentBits, (s.number + 1) << segmentBits}
}

// momentOf gives the time of a record as its content has it.
func momentOf(column any) string {
	switch at := column.(type) {
	case string:
		return at
	case int64:
		return time.UnixMilli(at).UTC().Format(timeLayout)
	}
	return ""
}

func (server) say(query string) string {
	query = inRecord.ReplaceAllStringFunc(query, func(text string) string {
		m := inRecord.FindStringSubmatch(text)
		path := strings.ReplaceAll(inList.ReplaceAllString(m[2], ".$1"), ".", ",")
		return fmt.Sprintf("(convert_from(%s.canonical, 'UTF8')::json #>> '{%s}')", m[1], path)
	})
	query = elements.ReplaceAllString(query, "json_array_elements(convert_from($1.canonical, 'UTF8')::json -> '$2') AS t (value)")
	query = inElement.ReplaceAllString(query, "t.value ->> '$1'")
	query = numbered.ReplaceAllString(query, "$$$1")
	for n := 1; strings.Contains(query, "?"); n++ {
		query = strings.Replace(query, "?", fmt.Sprintf("$%d", n), 1)
	}
	return query
}
