package postgres

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const selectHead = `SELECT size, note, time_ms, registry FROM sluis.head WHERE id = 1`

func scanHead(row pgx.Row) (audit.Head, error) {
	var h audit.Head
	var ms *int64
	if err := row.Scan(&h.Size, &h.Checkpoint, &ms, &h.Registry); err != nil {
		return audit.Head{}, fmt.Errorf("reading the head of the log: %w", inWords(err))
	}
	h.LastTime = maybe(ms)
	return h, nil
}

// Head gives where the log stands.
func (s *Store) Head(ctx context.Context) (audit.Head, error) {
	return scanHead(s.pool.QueryRow(ctx, selectHead))
}

// Record gives the canonical bytes of a record; [audit.ErrNotFound], [audit.ErrPruned].
func (s *Store) Record(ctx context.Context, nr int64) ([]byte, error) {
	var canonical []byte
	err := s.pool.QueryRow(ctx, `SELECT canonical FROM sluis.record WHERE nr = $1`, nr).Scan(&canonical)
	if err != nil {
		return nil, fmt.Errorf("reading record %d: %w", nr, absent(err, audit.ErrNotFound))
	}
	return whole(nr, canonical)
}

// CheckpointFor gives the checkpoint of the batch that a record came with; [audit.ErrNotFound].
func (s *Store) CheckpointFor(ctx context.Context, nr int64) ([]byte, error) {
	var note []byte
	err := s.pool.QueryRow(ctx, `SELECT note FROM sluis.checkpoint WHERE size > $1 AND $1 >= 0 ORDER BY size LIMIT 1`, nr).Scan(&note)
	if err != nil {
		return nil, fmt.Errorf("reading the checkpoint of record %d: %w", nr, absent(err, audit.ErrNotFound))
	}
	return note, nil
}

const selectHashes = `SELECT ix, hash FROM sluis.hash WHERE ix = ANY ($1)`

// Hashes gives stored hashes in the order asked for; [audit.ErrNotFound] when one is not there.
func (s *Store) Hashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	rows, err := s.pool.Query(ctx, selectHashes, indexes)
	if err != nil {
		return nil, fmt.Errorf("reading hashes: %w", inWords(err))
	}
	return scanHashes(rows, indexes)
}

func scanHashes(rows pgx.Rows, indexes []int64) ([]tlog.Hash, error) {
	found := make(map[int64]tlog.Hash, len(indexes))
	var ix int64
	var raw []byte
	_, err := pgx.ForEachRow(rows, []any{&ix, &raw}, func() error {
		if len(raw) != len(tlog.Hash{}) {
			return fmt.Errorf("hash %d has %d bytes", ix, len(raw))
		}
		found[ix] = tlog.Hash(raw)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading hashes: %w", inWords(err))
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
func (s *Store) RecordOf(ctx context.Context, kind tlog.RecordKind, jws string) (nr int64, err error) {
	sum := sha256.Sum256([]byte(jws))
	err = s.pool.QueryRow(ctx, `SELECT nr FROM sluis.record WHERE jws_digest = $1 AND kind = $2 ORDER BY nr LIMIT 1`, sum[:], string(kind)).Scan(&nr)
	if err != nil {
		return 0, fmt.Errorf("finding a record of kind %s: %w", kind, absent(err, audit.ErrNotFound))
	}
	return nr, nil
}

// list reads all rows of one statement, which the server reads at one moment.
func list[T any](ctx context.Context, s *Store, what string, scan pgx.RowToFunc[T], query string, args ...any) ([]T, error) {
	rows, err := s.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", what, inWords(err))
	}
	found, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", what, inWords(err))
	}
	return found, nil
}

func scanBytes(row pgx.CollectableRow) (b []byte, err error) { return b, row.Scan(&b) }

func scanText(row pgx.CollectableRow) (text string, err error) { return text, row.Scan(&text) }

// moment is a kept time; maybe one that may be none.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

func maybe(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return moment(*ms)
}
