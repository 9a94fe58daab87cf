package trailcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	"golang.org/x/mod/sumdb/note"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// openReadOnly opens the database for reading only. Nothing here keeps a transaction open for long: a gateway that erases must be able to
// empty its journal meanwhile.
func openReadOnly(ctx context.Context, path string) (*sql.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	query := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(5000)", "query_only(1)", "trusted_schema(0)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// check is one run over a trail.
type check struct {
	db        *sql.DB
	verifier  note.Verifier
	report    Report
	size      int64 // of the log, as of the head when the run began
	lastNote  []byte
	lastTime  sql.NullInt64
	published map[published]bool
}

// file checks that the file itself is whole: a page that was damaged is told here, whatever it held.
func (c *check) file(ctx context.Context) error {
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

// bounds reads the head, and checks in the same moment that the log ends there. What a gateway adds later is not looked at.
func (c *check) bounds(ctx context.Context) error {
	var records, last, checkpoints, hashes, lastHash int64
	err := c.db.QueryRowContext(ctx, `
		SELECT h.size, h.note, h.time_ms,
			(SELECT count(*) FROM record), (SELECT coalesce(max(nr), -1) FROM record),
			(SELECT coalesce(max(size), 0) FROM checkpoint),
			(SELECT count(*) FROM hash), (SELECT coalesce(max(ix), -1) FROM hash)
		FROM head h`).Scan(&c.size, &c.lastNote, &c.lastTime, &records, &last, &checkpoints, &hashes, &lastHash)
	switch {
	case err != nil:
		return fmt.Errorf("reading the head of the trail: %w", err)
	case last+1 > c.size:
		return falsehood(c.size, "staat na het einde van het auditspoor")
	case records != c.size || last+1 != c.size:
		return falsehood(noRecord, "het auditspoor telt %d regels en moet er %d hebben", records, c.size)
	case checkpoints != c.size:
		return falsehood(noRecord, "het laatste controlepunt is van %d regels en het auditspoor heeft er %d", checkpoints, c.size)
	case hashes != lastHash+1 || hashes != hashCount(c.size):
		return falsehood(noRecord, "het auditspoor heeft %d hashes en moet er %d hebben", hashes, hashCount(c.size))
	}
	return nil
}
