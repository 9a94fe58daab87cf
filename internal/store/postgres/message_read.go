package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// selectMessages gives whole messages in order of acceptance; %s is a query for their nrs. It is one statement, which the server reads at
// one moment: a message and its recipients belong together. OFFSET 0, here and elsewhere, keeps a plan that was made while the tables were
// small from reading a whole table once instead of an index for each row.
const selectMessages = `
	SELECT m.nr, m.id, m.kind, m.time_ms, m.case_id, m.sender_party, m.sender_person, m.envelope, m.digest,
		EXISTS (SELECT 1 FROM doorvoer.content c WHERE c.message = m.nr AND c.part = 'lading' OFFSET 0),
		EXISTS (SELECT 1 FROM doorvoer.content c WHERE c.message = m.nr AND c.part = 'motivering' OFFSET 0),
		(SELECT max(v.due_ms) FROM sluis.review v WHERE v.message = m.nr AND v.cause = 'motivering' AND v.closed IS NULL),
		(SELECT json_agg(json_build_object('Party', r.party, 'Function', r.function, 'People', r.people, 'Status', r.status, 'DeadlineMS', r.deadline_ms)
			ORDER BY r.position) FROM sluis.recipient r WHERE r.message = m.nr),
		(SELECT array_agg(c.compact ORDER BY c.seq) FROM (
			SELECT compact, min(seq) AS seq FROM sluis.confirmation WHERE message = m.nr GROUP BY compact) AS c)
	FROM sluis.message m JOIN (%s) AS w (nr) USING (nr) ORDER BY m.nr`

var (
	selectMessage = fmt.Sprintf(selectMessages, `SELECT nr FROM sluis.message WHERE id = $1`)
	selectCase    = fmt.Sprintf(selectMessages, `SELECT nr FROM sluis.message WHERE case_id = $1`)
	selectLapsing = fmt.Sprintf(selectMessages, `
		SELECT message FROM sluis.recipient WHERE status IN ('aangeboden', 'onleesbaar') AND deadline_ms <= $1
		GROUP BY message ORDER BY min(deadline_ms) LIMIT $2`)
)

// stateRow is a recipient as the statement gives it.
type stateRow struct {
	relay.RecipientState
	DeadlineMS int64
}

func scanMessage(row pgx.CollectableRow) (m relay.Stored, err error) {
	var ms int64
	var until *int64
	var recipients []byte
	err = row.Scan(&m.Nr, &m.ID, &m.Kind, &ms, &m.Case, &m.SenderOIN, &m.SenderID, &m.Envelope, &m.Digest,
		&m.HasPayload, &m.HasMotive, &until, &recipients, &m.Confirmed)
	if err != nil {
		return m, err
	}
	m.Time, m.MotiveUntil = moment(ms), maybe(until)
	var states []stateRow
	if recipients != nil {
		if err := json.Unmarshal(recipients, &states); err != nil {
			return m, fmt.Errorf("reading the recipients of record %d: %w", m.Nr, err)
		}
	}
	for _, s := range states {
		s.Deadline = moment(s.DeadlineMS)
		m.Recipients = append(m.Recipients, s.RecipientState)
	}
	return m, nil
}

// Message gives one message; [relay.ErrNotFound].
func (s *Store) Message(ctx context.Context, id string) (relay.Stored, error) {
	found, err := list(ctx, s, "a message", scanMessage, selectMessage, id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("reading a message: %w", relay.ErrNotFound)
	}
	if err != nil {
		return relay.Stored{}, err
	}
	return found[0], nil
}

// Case gives the messages of a case in order of acceptance.
func (s *Store) Case(ctx context.Context, id string) ([]relay.Stored, error) {
	return list(ctx, s, "a case", scanMessage, selectCase, id)
}

// Lapsing gives messages with a recipient whose deadline has passed and who has not received, the longest waiting first.
func (s *Store) Lapsing(ctx context.Context, now time.Time, limit int) ([]relay.Stored, error) {
	return list(ctx, s, "what lapses", scanMessage, selectLapsing, now.UnixMilli(), limit)
}

const (
	selectCursor = `
		SELECT nr FROM sluis.message m WHERE id = $1 AND
			(sender_party = $2 OR EXISTS (SELECT 1 FROM sluis.recipient r WHERE r.message = m.nr AND r.party = $2 OFFSET 0))`
	selectOutbox = `
		SELECT nr FROM sluis.message WHERE sender_party = $1 AND nr > $2 AND ($3 = '' OR status = $3) ORDER BY nr LIMIT $4`
)

// selectInbox gives the query for a page of an inbox. What is offered has an index of its own: everybody who waits asks for it each time
// that something comes for the party, and it is little, however much the party received before.
func selectInbox(status message.Status) string {
	which := `($3 = '' OR status = $3)`
	if status == message.Offered {
		which = `status = 'aangeboden' AND $3 <> ''`
	}
	return `
		SELECT DISTINCT message FROM sluis.recipient
		WHERE party = $1 AND message > $2 AND ` + which + ` AND ($4 = '' OR people && $5::text[])
		ORDER BY message LIMIT $6`
}

// Messages gives a page of what a party sent or received, in order of acceptance, and the cursor to go on from. The status of
// a query is, for the outbox, that of the message, and for the inbox that of the party's own part in it. A cursor that is not a
// message of this party is [relay.ErrNotFound].
func (s *Store) Messages(ctx context.Context, q relay.Query) (page []relay.Stored, cursor string, err error) {
	after := int64(-1)
	if q.After != "" {
		if err := s.pool.QueryRow(ctx, selectCursor, q.After, string(q.Party)).Scan(&after); err != nil {
			return nil, "", fmt.Errorf("finding where a list goes on: %w", absent(err, relay.ErrNotFound))
		}
	}
	if q.Inbox {
		people := append([]string{}, q.Also...)
		if q.Person != "" {
			people = append(people, q.Person)
		}
		page, err = list(ctx, s, "an inbox", scanMessage, fmt.Sprintf(selectMessages, selectInbox(q.Status)),
			string(q.Party), after, string(q.Status), q.Person, people, q.Limit)
	} else {
		page, err = list(ctx, s, "an outbox", scanMessage, fmt.Sprintf(selectMessages, selectOutbox),
			string(q.Party), after, string(q.Status), q.Limit)
	}
	if err != nil {
		return nil, "", err
	}
	cursor = q.After
	if len(page) > 0 {
		cursor = page[len(page)-1].ID
	}
	return page, cursor, nil
}
