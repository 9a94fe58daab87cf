package postgres

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// selectStanding begins with the case, and not with all that a party ever received; envelopes are never read. OFFSET 0 keeps a part as
// it is written: a plan that was made while the tables were small, and that is kept, would begin with the recipients.
const selectStanding = `
	SELECT NOT EXISTS (SELECT 1 FROM sluis.message WHERE case_id = $1),
		EXISTS (SELECT 1 FROM sluis.message WHERE case_id = $1 AND sender_party = $2) OR
		EXISTS (SELECT 1 FROM sluis.message m WHERE m.case_id = $1 AND
			EXISTS (SELECT 1 FROM sluis.recipient r WHERE r.message = m.nr AND r.party = $2 OFFSET 0)),
		ARRAY (
			SELECT r.party FROM sluis.message m JOIN LATERAL (SELECT party FROM sluis.recipient WHERE message = m.nr OFFSET 0) AS r ON true
				WHERE m.case_id = $1 AND m.sender_party = $2 AND m.kind = $3
			UNION SELECT m.sender_party FROM sluis.message m WHERE m.case_id = $1 AND m.kind = $3 AND
				EXISTS (SELECT 1 FROM sluis.recipient r WHERE r.message = m.nr AND r.party = $2 OFFSET 0)
			ORDER BY 1)`

// Standing tells how a party stands to a case.
func (s *Store) Standing(ctx context.Context, id string, of party.OIN, answer vocabulary.Kind) (st relay.Standing, err error) {
	var answered []string
	err = s.pool.QueryRow(ctx, selectStanding, id, string(of), string(answer)).Scan(&st.New, &st.Member, &answered)
	if err != nil {
		return relay.Standing{}, fmt.Errorf("reading how a party stands to a case: %w", inWords(err))
	}
	for _, p := range answered {
		st.Answered = append(st.Answered, party.OIN(p))
	}
	return st, nil
}

const selectSent = `SELECT count(*) FROM sluis.message WHERE sender_party = $1 AND sender_person = $2 AND kind = $3 AND time_ms > $4`

func sentArgs(q relay.SentQuery) []any {
	return []any{string(q.Party), q.Person, string(q.Kind), q.After.UnixMilli()}
}

// Sent counts messages of a kind that a participant had accepted after a moment.
func (s *Store) Sent(ctx context.Context, q relay.SentQuery) (n int, err error) {
	if err := s.pool.QueryRow(ctx, selectSent, sentArgs(q)...).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting what a participant sent: %w", inWords(err))
	}
	return n, nil
}
