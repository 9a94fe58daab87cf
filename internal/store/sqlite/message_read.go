package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

const (
	selectMessage = `SELECT nr FROM message WHERE id = ?`
	selectCase    = `SELECT nr FROM message WHERE case_id = ?`
	selectLapsing = `
		SELECT DISTINCT message FROM (SELECT message FROM recipient
			WHERE status IN ('aangeboden', 'onleesbaar') AND deadline_ms <= ? ORDER BY deadline_ms)
		LIMIT ?`
)

// selectInbox gives the query for a page of an inbox. What is offered has an index of its own: everybody who waits asks for it each time
// that something comes for the party, and it is little, however much the party received before.
func selectInbox(status message.Status) string {
	which := `(?3 = '' OR status = ?3)`
	if status == message.Offered {
		which = `status = 'aangeboden'`
	}
	return `
		SELECT DISTINCT message FROM recipient
		WHERE party = ?1 AND message > ?2 AND ` + which + `
			AND (?4 = '' OR EXISTS (SELECT 1 FROM json_each(people) p WHERE p.value IN (SELECT value FROM json_each(?5))))
		ORDER BY message LIMIT ?6`
}

// Message gives one message; [relay.ErrNotFound].
func (s *Store) Message(ctx context.Context, id string) (relay.Stored, error) {
	list, err := s.messages(ctx, selectMessage, id)
	if err == nil && len(list) == 0 {
		err = relay.ErrNotFound
	}
	if err != nil {
		return relay.Stored{}, fmt.Errorf("reading a message: %w", err)
	}
	return list[0], nil
}

// Case gives the messages of a case in order of acceptance.
func (s *Store) Case(ctx context.Context, id string) ([]relay.Stored, error) {
	list, err := s.messages(ctx, selectCase, id)
	if err != nil {
		return nil, fmt.Errorf("reading a case: %w", err)
	}
	return list, nil
}

// Messages gives a page of what a party sent or received, in order of acceptance, and the cursor to go on from. The status of
// a query is, for the outbox, that of the message, and for the inbox that of the party's own part in it. A cursor that is not a
// message of this party is [relay.ErrNotFound].
func (s *Store) Messages(ctx context.Context, q relay.Query) ([]relay.Stored, string, error) {
	after := int64(-1)
	if q.After != "" {
		err := s.readers.QueryRowContext(ctx, `
			SELECT nr FROM message m WHERE id = ?1 AND
				(sender_party = ?2 OR EXISTS (SELECT 1 FROM recipient r WHERE r.message = m.nr AND r.party = ?2))`,
			q.After, string(q.Party)).Scan(&after)
		if err != nil {
			return nil, "", fmt.Errorf("finding where a list goes on: %w", absent(err, relay.ErrNotFound))
		}
	}
	var page []relay.Stored
	var err error
	if q.Inbox {
		people := append([]string{}, q.Also...)
		if q.Person != "" {
			people = append(people, q.Person)
		}
		page, err = s.messages(ctx, selectInbox(q.Status), string(q.Party), after, string(q.Status), q.Person, list(people), q.Limit)
	} else {
		page, err = s.messages(ctx, `
			SELECT nr FROM message WHERE sender_party = ?1 AND nr > ?2 AND (?3 = '' OR status = ?3)
			ORDER BY nr LIMIT ?4`, string(q.Party), after, string(q.Status), q.Limit)
	}
	if err != nil {
		return nil, "", fmt.Errorf("reading a list of messages: %w", err)
	}
	cursor := q.After
	if len(page) > 0 {
		cursor = page[len(page)-1].ID
	}
	return page, cursor, nil
}

// Lapsing gives messages with a recipient whose deadline has passed and who has not received, the longest waiting first.
func (s *Store) Lapsing(ctx context.Context, now time.Time, limit int) ([]relay.Stored, error) {
	list, err := s.messages(ctx, selectLapsing, now.UnixMilli(), limit)
	if err != nil {
		return nil, fmt.Errorf("reading what lapses: %w", err)
	}
	return list, nil
}

// messages gives whole messages in order of acceptance; which is a query for their nrs. All is read at one moment, so that a
// message and its recipients belong together.
func (s *Store) messages(ctx context.Context, which string, args ...any) (_ []relay.Stored, err error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, which, args...)
	if err != nil {
		return nil, err
	}
	nrs, err := collect(rows, func(row scanner) (nr int64, err error) { return nr, row.Scan(&nr) })
	if err != nil || len(nrs) == 0 {
		return nil, err
	}
	found, err := stored(ctx, tx, list(nrs))
	if err != nil {
		return nil, err
	}
	at := make(map[int64]*relay.Stored, len(found))
	for i := range found {
		at[found[i].Nr] = &found[i]
	}
	return found, errors.Join(recipients(ctx, tx, list(nrs), at), confirmations(ctx, tx, list(nrs), at))
}

func stored(ctx context.Context, tx *sql.Tx, nrs string) ([]relay.Stored, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT nr, id, kind, time_ms, case_id, sender_party, sender_person, envelope, digest,
			EXISTS (SELECT 1 FROM content c WHERE c.message = m.nr AND c.part = ?2),
			EXISTS (SELECT 1 FROM content c WHERE c.message = m.nr AND c.part = ?3),
			(SELECT max(v.due_ms) FROM review v WHERE v.message = m.nr AND v.cause = ?4 AND v.closed IS NULL)
		FROM message m WHERE nr IN (SELECT value FROM json_each(?1)) ORDER BY nr`,
		nrs, string(relay.PayloadPart), string(relay.MotivationPart), string(relay.CauseMotivation))
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (m relay.Stored, err error) {
		var ms int64
		var until sql.NullInt64
		err = row.Scan(&m.Nr, &m.ID, &m.Kind, &ms, &m.Case, &m.SenderOIN, &m.SenderID, &m.Envelope, &m.Digest, &m.HasPayload, &m.HasMotive, &until)
		m.Time, m.MotiveUntil = moment(ms), maybe(until)
		return m, err
	})
}

func recipients(ctx context.Context, tx *sql.Tx, nrs string, at map[int64]*relay.Stored) error {
	rows, err := tx.QueryContext(ctx, `
		SELECT message, party, function, people, status, deadline_ms FROM recipient
		WHERE message IN (SELECT value FROM json_each(?)) ORDER BY message, position`, nrs)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(row scanner) (r relay.RecipientState, err error) {
		var nr, ms int64
		var people string
		if err := row.Scan(&nr, &r.Party, &r.Function, &people, &r.Status, &ms); err != nil {
			return r, err
		}
		r.Deadline = moment(ms)
		at[nr].Recipients = append(at[nr].Recipients, r)
		return r, json.Unmarshal([]byte(people), &at[nr].Recipients[len(at[nr].Recipients)-1].People)
	})
	return err
}

func confirmations(ctx context.Context, tx *sql.Tx, nrs string, at map[int64]*relay.Stored) error {
	rows, err := tx.QueryContext(ctx, `
		SELECT message, compact FROM confirmation WHERE message IN (SELECT value FROM json_each(?))
		GROUP BY message, compact ORDER BY min(seq)`, nrs)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(row scanner) (compact string, err error) {
		var nr int64
		if err := row.Scan(&nr, &compact); err != nil {
			return "", err
		}
		at[nr].Confirmed = append(at[nr].Confirmed, compact)
		return compact, nil
	})
	return err
}
