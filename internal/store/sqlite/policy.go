package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// keepRules keeps that rules come into force, and the rules themselves the first time.
func (t *transaction) keepRules(w replay.RulesWrite, first int64) error {
	_, err := t.w.exec(`INSERT INTO policy (digest, content) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM policy WHERE digest = ?1)`, w.Digest, w.Bundle)
	if err != nil {
		return err
	}
	var kept []byte
	if err := t.w.row(`SELECT content FROM policy WHERE digest = ?`, w.Digest).Scan(&kept); err != nil {
		return err
	}
	if !bytes.Equal(kept, w.Bundle) {
		return audit.ErrConflict
	}
	_, err = t.w.exec(`INSERT INTO policy_use (nr, digest) VALUES (?, ?)`, first+int64(w.RecordIndex), w.Digest)
	return err
}

// Rules gives a kept bundle; see [replay.Store].
func (s *Store) Rules(ctx context.Context, digest string) ([]byte, error) {
	var content []byte
	if err := s.readers.QueryRowContext(ctx, `SELECT content FROM policy WHERE digest = ?`, digest).Scan(&content); err != nil {
		return nil, fmt.Errorf("reading the rules of a digest: %w", absent(err, audit.ErrNotFound))
	}
	return content, nil
}

// RulesInOrder gives the digests of all kept rules, that in force first; see [replay.Store].
func (s *Store) RulesInOrder(ctx context.Context) ([]string, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT digest FROM policy_use GROUP BY digest ORDER BY max(nr) DESC`)
	if err != nil {
		return nil, fmt.Errorf("reading which rules were in force: %w", err)
	}
	return collect(rows, func(row scanner) (digest string, err error) { return digest, row.Scan(&digest) })
}

const selectDecisionsUnder = `
	SELECT r.canonical FROM decision d JOIN record r ON r.nr = d.nr WHERE d.convenant = ? AND d.nr < ? ORDER BY d.nr DESC LIMIT ?`

// DecisionsUnder gives the decisions on messages that named a convenant, newest first; see [replay.Store].
func (s *Store) DecisionsUnder(ctx context.Context, convenant string, before int64, limit int) ([][]byte, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	rows, err := s.readers.QueryContext(ctx, selectDecisionsUnder, convenant, before, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the decisions under a convenant: %w", err)
	}
	return collect(rows, func(row scanner) (canonical []byte, err error) { return canonical, row.Scan(&canonical) })
}
