package trailcheck

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"

	"golang.org/x/mod/sumdb/note"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// connections: one reads records, one lists, and one looks whether the file is whole.
const connections = 3

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
	db.SetMaxOpenConns(connections)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// check is one run over a trail.
type check struct {
	db        *sql.DB
	from      engine
	name      note.Verifier       // under which checkpoints stand now
	before    []note.Verifier     // earlier names
	next      []note.Verifier     // later ones
	losses    map[int64]Admission // records in which the log admits a loss
	held      []held
	bare      bool // ciphertext was left out of this copy
	progress  func(done, of int64)
	report    Report
	size      int64 // of the log, as of the head when the run began
	lastNote  []byte
	lastTime  sql.NullInt64
	published map[published]bool
	told      told             // what the trail says that was pruned
	emptied   marks            // what has no content
	lists     stretch          // what is yet to be looked for in the lists along which the trail is searched
	looking   <-chan error     // the lists of the stretch before
	listed    atomic.Int64     // rows of lists, as far as they should be there
	kept      keptBeside       // what was seen of messages and readers
	doubts    [doubts]doubtful // what contradicts the trail, or may
}

// bounds reads the head, and checks in the same moment that the log ends there. What a gateway adds later is not looked at. Which ciphertext
// there was is of the same moment, so that it is known by the records that come in the walk why some of it was gone.
func (c *check) bounds(ctx context.Context) error {
	return c.at(ctx, func(m moment) error {
		if err := c.head(ctx, m); err != nil {
			return err
		}
		c.emptied = newMarks(c.size)
		return c.kept.ciphertext(ctx, m, c.size)
	})
}

func (c *check) head(ctx context.Context, m moment) error {
	var records, last, checkpoints, hashes, lastHash int64
	err := m.tx.QueryRowContext(ctx, m.from.say(`
		SELECT h.size, h.note, h.time_ms,
			(SELECT count(*) FROM record), (SELECT coalesce(max(nr), -1) FROM record),
			(SELECT coalesce(max(size), 0) FROM checkpoint),
			(SELECT count(*) FROM hash), (SELECT coalesce(max(ix), -1) FROM hash)
		FROM head h`)).Scan(&c.size, &c.lastNote, &c.lastTime, &records, &last, &checkpoints, &hashes, &lastHash)
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
