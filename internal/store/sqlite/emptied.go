package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/relay"
)

const (
	selectEmptied = `
		SELECT DISTINCT r.message FROM recipient r INDEXED BY recipient_deadline WHERE r.status IN ('aangeboden', 'onleesbaar')
			AND NOT EXISTS (SELECT 1 FROM content c WHERE c.message = r.message AND c.part = 'lading')
		ORDER BY r.message LIMIT ?`
	selectEmptiedMotivation = `
		SELECT DISTINCT v.message FROM review v JOIN message m ON m.nr = v.message
		WHERE v.cause = 'motivering' AND v.closed IS NULL AND v.due_ms > ?
			AND NOT EXISTS (SELECT 1 FROM content c WHERE c.message = v.message AND c.part = 'motivering')
			AND NOT EXISTS (SELECT 1 FROM record r WHERE r.message = m.id AND r.kind = 'gewist'
				AND CAST(r.canonical AS TEXT) LIKE '%"feiten":{"deel":"motivering"}%')
		ORDER BY v.message LIMIT ?`
)

// Emptied gives messages of which an age file is not there while somebody waits for it, the oldest first.
func (s *Store) Emptied(ctx context.Context, part relay.Part, now time.Time, limit int) ([]relay.Stored, error) {
	query, args := selectEmptied, []any{limit}
	if part == relay.MotivationPart {
		query, args = selectEmptiedMotivation, []any{now.UnixMilli(), limit}
	}
	list, err := s.messages(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading which messages have no %s: %w", part, err)
	}
	return list, nil
}
