package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
)

func (t *transaction) openReview(w relay.ReviewWrite, first int64) error {
	nr, err := t.find(w.Message)
	if err != nil {
		return err
	}
	_, err = t.w.exec(`INSERT INTO review (message, party, cause, opened, due_ms) VALUES (?, ?, ?, ?, ?)`,
		nr, string(w.Party), string(w.Cause), first+int64(w.RecordIndex), w.Due.UnixMilli())
	return err
}

const selectReviews = `SELECT v.opened, m.id, m.case_id, m.kind, v.party, v.cause, v.due_ms FROM review v JOIN message m ON m.nr = v.message `

// ReviewsOf gives every review of a message, closed or not, in the order of their records.
func (s *Store) ReviewsOf(ctx context.Context, message string) ([]relay.Review, error) {
	return s.reviews(ctx, selectReviews+`WHERE m.id = ? ORDER BY v.opened`, message)
}

// OpenReviews gives reviews of a party that are not closed, in the order of their records, after the one of record `after`.
func (s *Store) OpenReviews(ctx context.Context, of party.OIN, after int64, limit int) ([]relay.Review, error) {
	return s.reviews(ctx, selectReviews+`WHERE v.party = ? AND v.opened > ? AND v.closed IS NULL ORDER BY v.opened LIMIT ?`,
		string(of), after, limit)
}

func (s *Store) reviews(ctx context.Context, query string, args ...any) ([]relay.Review, error) {
	rows, err := s.readers.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading reviews: %w", err)
	}
	return collect(rows, func(row scanner) (v relay.Review, err error) {
		var ms int64
		err = row.Scan(&v.Nr, &v.Message, &v.Case, &v.Kind, &v.Party, &v.Cause, &ms)
		v.Due = moment(ms)
		return v, err
	})
}

const selectMotivationsDue = `
		SELECT c.message FROM content c WHERE c.part = 'motivering' AND c.message IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM review v WHERE v.message = c.message AND v.cause = ? AND v.closed IS NULL AND v.due_ms > ?)
		ORDER BY c.message LIMIT ?`

// MotivationsDue gives messages whose motivation is held while no open review of it goes on, the oldest first. A motivation that has
// no review at all is due: what nobody has to read is not kept.
func (s *Store) MotivationsDue(ctx context.Context, now time.Time, limit int) ([]relay.Stored, error) {
	list, err := s.messages(ctx, selectMotivationsDue, string(relay.CauseMotivation), now.UnixMilli(), limit)
	if err != nil {
		return nil, fmt.Errorf("reading which motivations are due: %w", err)
	}
	return list, nil
}

// maybe is a moment that may be none.
func maybe(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return moment(ms.Int64)
}
