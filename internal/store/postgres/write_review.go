package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/relay"
)

type reviewRows struct {
	message, party, cause []string
	opened, dueMS         []int64
}

func (t *transaction) openReview(w relay.ReviewWrite, first int64) {
	t.touch(w.Message, reviewing)
	rows := &t.pending.reviews
	rows.message, rows.party, rows.cause = append(rows.message, w.Message), append(rows.party, string(w.Party)), append(rows.cause, string(w.Cause))
	rows.opened, rows.dueMS = append(rows.opened, first+int64(w.RecordIndex)), append(rows.dueMS, w.Due.UnixMilli())
}

func (r *reviewRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	expect(b, len(r.message), notAsExpected, `
		INSERT INTO sluis.review (message, party, cause, opened, due_ms)
		SELECT m.nr, w.party, w.cause, w.opened, w.due_ms
		FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) AS w (id, party, cause, opened, due_ms)
			JOIN sluis.message m ON m.id = w.id
		RETURNING 1`,
		r.message, r.party, r.cause, r.opened, r.dueMS)
}
