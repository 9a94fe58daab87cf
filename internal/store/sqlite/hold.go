package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func (t *transaction) hold(w relay.HoldWrite, first int64) error {
	_, err := t.w.exec(`INSERT INTO hold (nr, case_id, party, reason) VALUES (?, ?, ?, ?)`,
		first+int64(w.RecordIndex), w.Case, string(w.Party), string(w.Reason))
	return err
}

func (t *transaction) release(w relay.ReleaseWrite) error {
	done, err := t.w.exec(`DELETE FROM hold WHERE case_id = ? AND party = ? AND reason = ?`, w.Case, string(w.Party), string(w.Reason))
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, audit.ErrConflict)
	}
	return nil
}

// Holds gives holds of a party; see [relay.Retention].
func (s *Store) Holds(ctx context.Context, of party.OIN, caseID string, after int64, limit int) ([]relay.Hold, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT h.nr, h.case_id, h.party, h.reason, r.time FROM hold h JOIN record r ON r.nr = h.nr
		WHERE h.party = ?1 AND h.nr > ?2 AND (?3 = '' OR h.case_id = ?3) ORDER BY h.nr LIMIT ?4`, string(of), after, caseID, limit)
	if err != nil {
		return nil, fmt.Errorf("reading holds: %w", err)
	}
	return collect(rows, func(row scanner) (h relay.Hold, err error) {
		var since string
		if err := row.Scan(&h.Nr, &h.Case, &h.Party, &h.Reason, &since); err != nil {
			return h, err
		}
		h.Since, err = time.Parse(tlog.TimeLayout, since)
		return h, err
	})
}
