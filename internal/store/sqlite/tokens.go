package sqlite

import (
	"context"
	"fmt"
	"time"
)

// Seen keeps a token's jti until exp and reports whether it was there already. What it answers is on disk: a token that was let
// in once is refused after a crash too.
func (s *Store) Seen(ctx context.Context, issuer, jti string, exp time.Time) (seen bool, err error) {
	err = s.write.transact(ctx, func() error {
		done, err := s.write.exec(`INSERT INTO seen_token (issuer, jti, exp_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, issuer, jti, exp.UnixMilli())
		if err != nil {
			return err
		}
		kept, err := done.RowsAffected()
		seen = kept == 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("keeping that a token was used: %w", err)
	}
	return seen, nil
}

// Forget drops tokens that expired before a moment.
func (s *Store) Forget(ctx context.Context, before time.Time) error {
	err := s.write.transact(ctx, func() error {
		_, err := s.write.exec(`DELETE FROM seen_token WHERE exp_ms < ?`, before.UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("forgetting tokens that expired: %w", err)
	}
	return nil
}
