package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
)

func (t *transaction) hold(w relay.HoldWrite, first int64) {
	t.writes++
	t.flush()
	// No violation of a key: the server would write who complains in its log.
	expect(t.batch, 1, notAsExpected, `INSERT INTO sluis.hold (nr, case_id, party, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
		first+int64(w.RecordIndex), w.Case, string(w.Party), string(w.Reason))
}

func (t *transaction) release(w relay.ReleaseWrite) {
	t.writes++
	t.flush()
	expect(t.batch, 1, notAsExpected, `DELETE FROM sluis.hold WHERE case_id = $1 AND party = $2 AND reason = $3 RETURNING 1`,
		w.Case, string(w.Party), string(w.Reason))
}

// Holds gives holds of a party; see [relay.Retention].
func (s *Store) Holds(ctx context.Context, of party.OIN, caseID string, after int64, limit int) ([]relay.Hold, error) {
	return list(ctx, s, "holds", func(row pgx.CollectableRow) (h relay.Hold, err error) {
		var ms int64
		err = row.Scan(&h.Nr, &h.Case, &h.Party, &h.Reason, &ms)
		h.Since = moment(ms)
		return h, err
	}, `SELECT h.nr, h.case_id, h.party, h.reason, r.time_ms FROM sluis.hold h JOIN sluis.record r ON r.nr = h.nr
		WHERE h.party = $1 AND h.nr > $2 AND ($3 = '' OR h.case_id = $3) ORDER BY h.nr LIMIT $4`, string(of), after, caseID, limit)
}
