package trailcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// engine is what a trail is kept in. The questions stand in the code as SQLite knows them; each engine says them in its own words.
type engine interface {
	say(query string) string
	has(query string) bool // whether what a question is about is kept in this engine
	// within is the condition, with AND after it, that says in which part of the lists the records from the first to the last stand.
	within(first, last int64) string
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
func (file) has(string) bool         { return true }

// segmentBits: a list is kept in pieces, one for each 2^15 records (docs/decisions/0029). A row in another piece than its own is found by
// nobody.
const segmentBits = 15

// within names both ends, so that no other piece is read: a page of records is shorter than one.
func (file) within(first, last int64) string {
	return fmt.Sprintf("segment IN (%d, %d) AND segment = nr >> %d AND ", first>>segmentBits, last>>segmentBits, segmentBits)
}

// whole checks that what the trail is kept in is whole: a page that was damaged is told here, whatever it held.
func (c *check) whole(ctx context.Context) error {
	if _, ok := c.from.(file); !ok {
		return nil // a server checks its pages when it reads them, where the operator turned that on
	}
	var verdict string
	if err := c.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	if verdict != "ok" {
		return falsehood(noRecord, "het bestand is beschadigd")
	}
	var table string
	var row, parent, key any
	err := c.db.QueryRowContext(ctx, "PRAGMA foreign_key_check").Scan(&table, &row, &parent, &key)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	return falsehood(noRecord, "in de tabel %s staat iets dat bij niets hoort", table)
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

// has: a decision is found by a column of its record, which the walk compares.
func (server) has(query string) bool { return !strings.Contains(query, " decision d") }

func (server) within(int64, int64) string { return "" }

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
	return strings.Replace(query, "kind, time, message", `kind, to_char(to_timestamp(time_ms / 1000.0) AT TIME ZONE 'UTC',
		'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), message`, 1)
}
