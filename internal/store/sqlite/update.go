package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Update runs fn in one durable transaction (see [audit.Store]). The context counts while waiting for a turn; a transaction
// that has begun is finished.
func (s *Store) Update(ctx context.Context, fn func(audit.Tx) error) error {
	tx := &transaction{w: s.write}
	err := s.write.transact(ctx, func() error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.drop()
	})
	if err != nil {
		return err
	}
	if tx.erased {
		s.wiper.wake()
	}
	return nil
}

// transaction is an audit.Tx; it is used by one goroutine, in its transaction only.
type transaction struct {
	w      *writer
	erased bool
	doomed []int64 // content that was erased, to be overwritten before the transaction ends
}

// drop overwrites what was erased. It does so after all savepoints: for each of them SQLite keeps in memory what is overwritten, and for
// one large ciphertext that was 70 MiB.
func (t *transaction) drop() error {
	for _, content := range t.doomed {
		if err := t.w.dropContent(content); err != nil {
			return fmt.Errorf("overwriting what was erased: %w", err)
		}
	}
	return nil
}

func (t *transaction) Head() (audit.Head, error) { return scanHead(t.w.row(selectHead)) }

func (t *transaction) Hashes(indexes []int64) ([]tlog.Hash, error) {
	rows, err := t.w.query(selectHashes, list(indexes))
	if err != nil {
		return nil, fmt.Errorf("reading hashes: %w", err)
	}
	return scanHashes(rows, indexes)
}

// Savepoint runs fn; see [audit.Tx].
func (t *transaction) Savepoint(fn func() error) error {
	if _, err := t.w.exec("SAVEPOINT change"); err != nil {
		return fmt.Errorf("setting a savepoint: %w: %w", audit.ErrAborted, err)
	}
	doomed := len(t.doomed)
	err := fn()
	if err != nil {
		t.doomed = t.doomed[:doomed]
		// A full disk or a fault of it makes SQLite drop the whole transaction; then there is nothing to go back to.
		if _, back := t.w.exec("ROLLBACK TO change"); back != nil {
			return fmt.Errorf("undoing a change: %w: %w", audit.ErrAborted, errors.Join(err, back))
		}
		if engineFailed(err) { // not this change is at fault but the file: nothing more may be tried on this connection
			return fmt.Errorf("%w: %w", audit.ErrAborted, err)
		}
	}
	if _, done := t.w.exec("RELEASE change"); done != nil {
		return fmt.Errorf("releasing a savepoint: %w: %w", audit.ErrAborted, errors.Join(err, done))
	}
	return err
}

// AppendRecord keeps a record; see [audit.Tx].
func (t *transaction) AppendRecord(r tlog.Record, canonical []byte, parties []string, keepUntil time.Time) error {
	var until *string
	if !keepUntil.IsZero() {
		text := keepUntil.UTC().Format(tlog.TimeLayout)
		until = &text
	}
	var jws []byte
	if r.JWS != nil && r.Kind.FoundByJWS() {
		sum := sha256.Sum256([]byte(*r.JWS))
		jws = sum[:]
	}
	_, err := t.w.exec(`INSERT INTO record (nr, kind, time, message, case_id, jws_digest, keep_until, canonical) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Nr, string(r.Kind), r.Time, r.Message, r.Case, jws, until, canonical)
	if err != nil {
		return err
	}
	if r.Kind == tlog.Decided && r.Convenant != nil {
		if _, err := t.w.exec(`INSERT INTO decision (convenant, nr) VALUES (?, ?)`, r.Convenant.ID, r.Nr); err != nil {
			return err
		}
	}
	for _, party := range parties {
		if _, err := t.w.exec(`INSERT INTO record_party (party, nr) VALUES (?, ?)`, party, r.Nr); err != nil {
			return err
		}
	}
	return t.keepTerms(r, parties)
}

// AppendHashes keeps hashes from a stored hash index on.
func (t *transaction) AppendHashes(first int64, hashes []tlog.Hash) error {
	for i, h := range hashes {
		if _, err := t.w.exec(`INSERT INTO hash (ix, hash) VALUES (?, ?)`, first+int64(i), h[:]); err != nil {
			return err
		}
	}
	return nil
}

// SetHead moves the head and keeps its checkpoint; the head that is there already may be set again.
func (t *transaction) SetHead(h audit.Head) error {
	_, err := t.w.exec(`UPDATE head SET size = ?, note = ?, time_ms = ?, registry = ?, tried = 1 - tried WHERE id = 1`,
		h.Size, h.Checkpoint, h.LastTime.UnixMilli(), h.Registry)
	if err != nil {
		return err
	}
	_, err = t.w.exec(`INSERT INTO checkpoint (size, note) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = ?1 AND note = ?2)`,
		h.Size, h.Checkpoint)
	return err
}

const selectHead = `SELECT size, note, time_ms, registry FROM head WHERE id = 1`

func scanHead(row scanner) (audit.Head, error) {
	var h audit.Head
	var ms sql.NullInt64
	if err := row.Scan(&h.Size, &h.Checkpoint, &ms, &h.Registry); err != nil {
		return audit.Head{}, fmt.Errorf("reading the head of the log: %w", err)
	}
	if ms.Valid {
		h.LastTime = moment(ms.Int64)
	}
	return h, nil
}

// moment is a kept time.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// engineFailed reports that the engine, and not what was asked of it, is at fault: a file that cannot be written, a disk that fails.
// SQLite may keep that state for as long as the connection lives (a file that was read-only once stays so), so such a
// connection is thrown away, and the store recovers by itself when the cause is gone.
func engineFailed(err error) bool {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return false
	}
	switch fault.Code() & 0xff { // the primary code; the rest says more of where
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_NOMEM:
		return true
	}
	return false
}

// conflict tells a write that contradicts what is kept from a fault of the store.
func conflict(err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	switch fault.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return audit.ErrConflict
	}
	return err
}
