package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// seenRows are how the recipients of a message must stand before any of them moves.
type seenRows struct{ message, statuses []string }

type moveRows struct{ message, party, function, from, to []string }

type confirmationRows struct{ message, party, function, kind, compact []string }

func (t *transaction) confirm(w relay.ConfirmWrite) {
	t.stillSeen(w.Message, w.Seen)
	t.move(w.Message, w.Party, w.Function, w.From, w.To)
	rows := &t.pending.confirmed
	rows.message, rows.party, rows.function = append(rows.message, w.Message), append(rows.party, string(w.Party)), append(rows.function, string(w.Function))
	rows.kind, rows.compact = append(rows.kind, string(w.Kind)), append(rows.compact, w.Compact)
}

func (t *transaction) lapse(w relay.LapseWrite) {
	t.stillSeen(w.Message, w.Seen)
	t.move(w.Message, w.Party, w.Function, w.From, message.Lapsed)
}

// stillSeen is a conflict when the recipients of a message no longer stand as they were seen.
func (t *transaction) stillSeen(id string, seen relay.Seen) {
	if seen == nil {
		return
	}
	t.touch(id, looking)
	statuses := make([]string, len(seen))
	for i, s := range seen {
		statuses[i] = string(s)
	}
	t.pending.seen.message, t.pending.seen.statuses = append(t.pending.seen.message, id), append(t.pending.seen.statuses, array(statuses))
}

func (r *seenRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	b.Queue(`
		SELECT sluis.expect(count(*) = $3, $4) FROM unnest($1::text[], $2::text[]) AS w (id, seen) JOIN sluis.message m ON m.id = w.id
		WHERE w.seen::text[] = ARRAY (SELECT r.status FROM sluis.recipient r WHERE r.message = m.nr ORDER BY r.position)`,
		r.message, r.statuses, len(r.message), notAsExpected)
}

// move sets the status of one recipient if it still is from. One that moves twice in one statement moves once, which is not as expected:
// then it is tried change by change.
func (t *transaction) move(id string, of party.OIN, function vocabulary.Function, from, to message.Status) {
	t.touch(id, moving)
	rows := &t.pending.moves
	rows.message, rows.party, rows.function = append(rows.message, id), append(rows.party, string(of)), append(rows.function, string(function))
	rows.from, rows.to = append(rows.from, string(from)), append(rows.to, string(to))
	t.heard.senderOf(id)
}

// queue moves the recipients, and then their messages to the least advanced of all their recipients.
func (r *moveRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	expect(b, len(r.message), notAsExpected, `
		UPDATE sluis.recipient r SET status = w.after
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS w (id, party, function, before, after)
			JOIN sluis.message m ON m.id = w.id
		WHERE r.message = m.nr AND r.party = w.party AND r.function = w.function AND r.status = w.before
		RETURNING 1`,
		r.message, r.party, r.function, r.from, r.to)
	b.Queue(`
		UPDATE sluis.message m SET status = (
			SELECT r.status FROM sluis.recipient r WHERE r.message = m.nr ORDER BY sluis.advance(r.status), r.position LIMIT 1)
		WHERE m.id = ANY ($1)`, r.message)
}

func (r *confirmationRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	expect(b, len(r.message), notAsExpected, `
		INSERT INTO sluis.confirmation (message, party, function, kind, compact)
		SELECT m.nr, w.party, w.function, w.kind, w.compact
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS w (id, party, function, kind, compact, at)
			JOIN sluis.message m ON m.id = w.id
		ORDER BY w.at
		RETURNING 1`,
		r.message, r.party, r.function, r.kind, r.compact)
}
