package postgres

import (
	"context"
	"fmt"
	"math"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Rules gives a kept bundle; see [replay.Store].
func (s *Store) Rules(ctx context.Context, digest string) (content []byte, err error) {
	err = s.pool.QueryRow(ctx, `SELECT content FROM sluis.policy WHERE digest = $1`, digest).Scan(&content)
	if err != nil {
		return nil, fmt.Errorf("reading the rules of a digest: %w", absent(err, audit.ErrNotFound))
	}
	return content, nil
}

// RulesInOrder gives the digests of all kept rules, that in force first; see [replay.Store].
func (s *Store) RulesInOrder(ctx context.Context) ([]string, error) {
	return list(ctx, s, "which rules were in force", scanText, `SELECT digest FROM sluis.policy_use GROUP BY digest ORDER BY max(nr) DESC`)
}

const selectDecisionsUnder = `
	SELECT canonical FROM sluis.record WHERE kind = 'besluit' AND convenant = $1 AND nr < $2 ORDER BY nr DESC LIMIT $3`

// DecisionsUnder gives the decisions on messages that named a convenant, newest first; see [replay.Store].
func (s *Store) DecisionsUnder(ctx context.Context, convenant string, before int64, limit int) ([][]byte, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	return list(ctx, s, "the decisions under a convenant", scanBytes, selectDecisionsUnder, convenant, before, limit)
}
