package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Head gives where the log stands.
func (s *Store) Head(ctx context.Context) (audit.Head, error) {
	return scanHead(s.readers.QueryRowContext(ctx, selectHead))
}

// Record gives the canonical bytes of a record; [audit.ErrNotFound], [audit.ErrPruned].
func (s *Store) Record(ctx context.Context, nr int64) ([]byte, error) {
	var canonical []byte
	err := s.readers.QueryRowContext(ctx, `SELECT canonical FROM record WHERE nr = ?`, nr).Scan(&canonical)
	if err != nil {
		return nil, fmt.Errorf("reading record %d: %w", nr, absent(err, audit.ErrNotFound))
	}
	if canonical == nil {
		return nil, fmt.Errorf("reading record %d: %w", nr, audit.ErrPruned)
	}
	return canonical, nil
}

// CheckpointFor gives the checkpoint of the batch that a record came with; [audit.ErrNotFound].
func (s *Store) CheckpointFor(ctx context.Context, nr int64) ([]byte, error) {
	var note []byte
	err := s.readers.QueryRowContext(ctx, `SELECT note FROM checkpoint WHERE size > ? ORDER BY size LIMIT 1`, nr).Scan(&note)
	if nr < 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, fmt.Errorf("reading the checkpoint of record %d: %w", nr, absent(err, audit.ErrNotFound))
	}
	return note, nil
}

const selectHashes = `SELECT ix, hash FROM hash WHERE ix IN (SELECT value FROM json_each(?))`

// Hashes gives stored hashes in the order asked for; [audit.ErrNotFound] when one is not there.
func (s *Store) Hashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	rows, err := s.readers.QueryContext(ctx, selectHashes, list(indexes))
	if err != nil {
		return nil, fmt.Errorf("reading hashes: %w", err)
	}
	return scanHashes(rows, indexes)
}

func scanHashes(rows *sql.Rows, indexes []int64) ([]tlog.Hash, error) {
	defer rows.Close()
	found := make(map[int64]tlog.Hash, len(indexes))
	for rows.Next() {
		var ix int64
		var raw []byte
		if err := rows.Scan(&ix, &raw); err != nil {
			return nil, fmt.Errorf("reading hashes: %w", err)
		}
		if len(raw) != len(tlog.Hash{}) {
			return nil, fmt.Errorf("reading hash %d: it has %d bytes", ix, len(raw))
		}
		found[ix] = tlog.Hash(raw)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading hashes: %w", err)
	}
	out := make([]tlog.Hash, len(indexes))
	for i, ix := range indexes {
		h, ok := found[ix]
		if !ok {
			return nil, fmt.Errorf("reading hash %d: %w", ix, audit.ErrNotFound)
		}
		out[i] = h
	}
	return out, nil
}

// RecordOf gives the nr of the first record of a kind whose jws is this text; [audit.ErrNotFound].
func (s *Store) RecordOf(ctx context.Context, kind tlog.RecordKind, jws string) (int64, error) {
	sum := sha256.Sum256([]byte(jws))
	var nr int64
	err := s.readers.QueryRowContext(ctx, `SELECT nr FROM record WHERE jws_digest = ? AND kind = ? ORDER BY nr LIMIT 1`, sum[:], string(kind)).Scan(&nr)
	if err != nil {
		return 0, fmt.Errorf("finding a record of kind %s: %w", kind, absent(err, audit.ErrNotFound))
	}
	return nr, nil
}

// list gives values as a JSON list, for json_each.
func list[T any](values []T) string {
	if values == nil {
		return "[]"
	}
	data, err := json.Marshal(values)
	if err != nil {
		panic(err) // numbers and texts can always be written
	}
	return string(data)
}

// absent turns "no row" into what the caller calls it.
func absent(err, as error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return as
	}
	return err
}

// collect reads all rows.
func collect[T any](rows *sql.Rows, scan func(scanner) (T, error)) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading a row: %w", err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading rows: %w", err)
	}
	return out, nil
}
