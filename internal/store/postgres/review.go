package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
)

const selectReviews = `
	SELECT v.opened, m.id, m.case_id, m.kind, v.party, v.cause, v.due_ms FROM sluis.review v JOIN sluis.message m ON m.nr = v.message `

// ReviewsOf gives every review of a message, closed or not, in the order of their records.
func (s *Store) ReviewsOf(ctx context.Context, message string) ([]relay.Review, error) {
	return list(ctx, s, "the reviews of a message", scanReview, selectReviews+`WHERE m.id = $1 ORDER BY v.opened`, message)
}

// OpenReviews gives reviews of a party that are not closed, in the order of their records, after the one of record `after`.
func (s *Store) OpenReviews(ctx context.Context, of party.OIN, after int64, limit int) ([]relay.Review, error) {
	return list(ctx, s, "open reviews", scanReview,
		selectReviews+`WHERE v.party = $1 AND v.opened > $2 AND v.closed IS NULL ORDER BY v.opened LIMIT $3`, string(of), after, limit)
}

func scanReview(row pgx.CollectableRow) (v relay.Review, err error) {
	var ms int64
	err = row.Scan(&v.Nr, &v.Message, &v.Case, &v.Kind, &v.Party, &v.Cause, &ms)
	v.Due = moment(ms)
	return v, err
}

var selectMotivationsDue = fmt.Sprintf(selectMessages, `
	SELECT c.message FROM doorvoer.content c WHERE c.part = 'motivering' AND c.message IS NOT NULL AND NOT EXISTS (
		SELECT 1 FROM sluis.review v WHERE v.message = c.message AND v.cause = $1 AND v.closed IS NULL AND v.due_ms > $2)
	ORDER BY c.message LIMIT $3`)

// MotivationsDue gives messages whose motivation is held while no open review of it goes on, the oldest first. A motivation that has
// no review at all is due: what nobody has to read is not kept.
func (s *Store) MotivationsDue(ctx context.Context, now time.Time, limit int) ([]relay.Stored, error) {
	return list(ctx, s, "which motivations are due", scanMessage, selectMotivationsDue, string(relay.CauseMotivation), now.UnixMilli(), limit)
}
