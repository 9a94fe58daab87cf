package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// Seen keeps a token's jti until exp and reports whether it was there already, for all processes on this database. What it answers is on
// disk: a token that was let in once is refused after a crash too.
func (s *Store) Seen(ctx context.Context, issuer, jti string, exp time.Time) (seen bool, err error) {
	done, err := s.pool.Exec(ctx, `INSERT INTO sluis.seen_token (token, exp_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING`, tokenKey(issuer, jti), exp.UnixMilli())
	if err != nil {
		return false, fmt.Errorf("keeping that a token was used: %w", inWords(err))
	}
	return done.RowsAffected() == 0, nil
}

// tokenKey is what a token is known by: the length of the issuer comes first, so that no other pair gives the same bytes.
func tokenKey(issuer, jti string) []byte {
	text := binary.BigEndian.AppendUint64(nil, uint64(len(issuer)))
	sum := sha256.Sum256(append(append(text, issuer...), jti...))
	return sum[:]
}

// Forget drops tokens that expired before a moment.
func (s *Store) Forget(ctx context.Context, before time.Time) error {
	if _, err := s.pool.Exec(ctx, `DELETE FROM sluis.seen_token WHERE exp_ms < $1`, before.UnixMilli()); err != nil {
		return fmt.Errorf("forgetting tokens that expired: %w", inWords(err))
	}
	return nil
}
