package sqlite

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
)

const selectSent = `SELECT count(*) FROM message WHERE sender_party = ? AND sender_person = ? AND kind = ? AND time_ms > ?`

func sentArgs(q relay.SentQuery) []any {
	return []any{string(q.Party), q.Person, string(q.Kind), q.After.UnixMilli()}
}

// Sent counts messages of a kind that a participant had accepted after a moment.
func (s *Store) Sent(ctx context.Context, q relay.SentQuery) (n int, err error) {
	if err := s.readers.row(ctx, selectSent, sentArgs(q)...).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting what a participant sent: %w", err)
	}
	return n, nil
}

// sameSent conflicts when something was accepted since it was counted: the decision was made on that number.
func (t *transaction) sameSent(counted []relay.SentCount) error {
	for _, c := range counted {
		var n int
		if err := t.w.row(selectSent, sentArgs(c.SentQuery)...).Scan(&n); err != nil {
			return err
		}
		if n != c.Count {
			return audit.ErrConflict
		}
	}
	return nil
}
