package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/relay"
)

var (
	selectEmptied = fmt.Sprintf(selectMessages, `
		SELECT DISTINCT r.message FROM sluis.recipient r WHERE r.status IN ('aangeboden', 'onleesbaar')
			AND NOT EXISTS (SELECT 1 FROM doorvoer.content c WHERE c.message = r.message AND c.part = 'lading')
		ORDER BY r.message LIMIT $1`)
	// Records have no index by message: they are looked through only when there is such a review, which is after a copy was put back.
	selectEmptiedMotivation = fmt.Sprintf(selectMessages, `
		SELECT v.message FROM (SELECT DISTINCT v.message, m.id FROM sluis.review v JOIN sluis.message m ON m.nr = v.message
			WHERE v.cause = 'motivering' AND v.closed IS NULL AND v.due_ms > $1
				AND NOT EXISTS (SELECT 1 FROM doorvoer.content c WHERE c.message = v.message AND c.part = 'motivering') OFFSET 0) AS v
		WHERE NOT EXISTS (SELECT 1 FROM sluis.record r WHERE r.message = v.id AND r.kind = 'gewist'
			AND convert_from(r.canonical, 'UTF8') LIKE '%"feiten":{"deel":"motivering"}%')
		ORDER BY v.message LIMIT $2`)
)

// Emptied gives messages of which an age file is not there while somebody waits for it, the oldest first.
func (s *Store) Emptied(ctx context.Context, part relay.Part, now time.Time, limit int) ([]relay.Stored, error) {
	if part == relay.MotivationPart {
		return list(ctx, s, "which messages have no motivation", scanMessage, selectEmptiedMotivation, now.UnixMilli(), limit)
	}
	return list(ctx, s, "which messages have no payload", scanMessage, selectEmptied, limit)
}
