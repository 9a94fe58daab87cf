package sqlite

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Both begin with the case, and not with all that a party ever received: to SQLite, CROSS JOIN says that the order is meant.
const (
	selectMember = `
		SELECT EXISTS (SELECT 1 FROM message WHERE case_id = ?1),
			EXISTS (SELECT 1 FROM message WHERE case_id = ?1 AND sender_party = ?2) OR
			EXISTS (SELECT 1 FROM message m CROSS JOIN recipient r ON r.message = m.nr AND r.party = ?2 WHERE m.case_id = ?1)`
	selectAnswered = `
		SELECT r.party FROM message m CROSS JOIN recipient r ON r.message = m.nr
			WHERE m.case_id = ?1 AND m.sender_party = ?2 AND m.kind = ?3
		UNION SELECT m.sender_party FROM message m CROSS JOIN recipient r ON r.message = m.nr AND r.party = ?2
			WHERE m.case_id = ?1 AND m.kind = ?3
		ORDER BY 1`
)

const selectKnown = `
	SELECT EXISTS (SELECT 1 FROM message WHERE id = ?1), EXISTS (SELECT 1 FROM message WHERE case_id = ?2), (SELECT size FROM head WHERE id = 1)`

// Known tells whether there is a message with this id, whether anything was sent in this case, and how long the log is.
func (s *Store) Known(ctx context.Context, id, caseID string) (k relay.Known, err error) {
	if err := s.readers.row(ctx, selectKnown, id, caseID).Scan(&k.Sent, &k.Began, &k.Size); err != nil {
		return relay.Known{}, fmt.Errorf("reading whether a message or a case is known: %w", err)
	}
	return k, nil
}

// Standing tells how a party stands to a case. It reads indexes and stops at the first message that answers a question; envelopes are
// never read.
func (s *Store) Standing(ctx context.Context, id string, of party.OIN, answer vocabulary.Kind) (relay.Standing, error) {
	var known bool
	var st relay.Standing
	err := s.readers.row(ctx, selectMember, id, string(of)).Scan(&known, &st.Member)
	if err != nil {
		return relay.Standing{}, fmt.Errorf("reading how a party stands to a case: %w", err)
	}
	if st.New = !known; !st.Member {
		return st, nil
	}
	rows, err := s.readers.rows(ctx, selectAnswered, id, string(of), string(answer))
	if err != nil {
		return relay.Standing{}, fmt.Errorf("reading with whom a party exchanged answers in a case: %w", err)
	}
	st.Answered, err = collect(rows, func(row scanner) (oin party.OIN, err error) { return oin, row.Scan(&oin) })
	if err != nil {
		return relay.Standing{}, fmt.Errorf("reading with whom a party exchanged answers in a case: %w", err)
	}
	return st, nil
}
