package postgres

import (
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/relay"
)

type messageRows struct {
	nr, timeMS                                                []int64
	id, kind, caseID, party, person, envelope, digest, status []string
}

type recipientRows struct {
	message, deadlineMS             []int64
	position                        []int
	party, function, people, status []string
}

// accept keeps a new message. Its tags of betrokkenen are not kept apart: they stand in the envelope and in the record, and
// nothing searches them here.
func (t *transaction) accept(w relay.AcceptWrite, first int64) error {
	m := w.Message
	nr := first + int64(w.RecordIndex)
	if _, err := time.Parse(time.DateOnly, w.Day); err != nil {
		return errors.New("ciphertext without the day of its key")
	}
	if w.Staging == "" && w.Inline[relay.PayloadPart] == nil {
		return errors.New("a message without its ciphertext")
	}
	for _, c := range w.Counted {
		t.sameSent(c)
	}
	t.touch(m.ID, accepting)
	t.notRefused(m.ID, w.Seen, first)
	t.pending.noteSent(m)
	rows := &t.pending.messages
	rows.nr, rows.timeMS, rows.id = append(rows.nr, nr), append(rows.timeMS, m.Time.UnixMilli()), append(rows.id, m.ID)
	rows.kind, rows.caseID = append(rows.kind, string(m.Kind)), append(rows.caseID, m.Case)
	rows.party, rows.person = append(rows.party, string(m.SenderOIN)), append(rows.person, m.SenderID)
	rows.envelope, rows.digest, rows.status = append(rows.envelope, m.Envelope), append(rows.digest, m.Digest), append(rows.status, string(m.Status()))
	to := &t.pending.recipients
	for i, r := range m.Recipients {
		to.message, to.position, to.deadlineMS = append(to.message, nr), append(to.position, i), append(to.deadlineMS, r.Deadline.UnixMilli())
		to.party, to.function = append(to.party, string(r.Party)), append(to.function, string(r.Function))
		to.people, to.status = append(to.people, array(r.People)), append(to.status, string(r.Status))
		t.heard.party(string(r.Party))
	}
	if w.Staging != "" {
		t.pending.adoptions = append(t.pending.adoptions, adoption{nr: nr, staging: w.Staging, day: w.Day, motivated: m.HasMotive})
	}
	for _, part := range relay.Parts {
		if data, ok := w.Inline[part]; ok {
			t.pending.contents.add(nr, part, w.Day, data)
		}
	}
	return nil
}

// refusedRows are ids under which no message may be kept.
type refusedRows struct{ id []string }

// refuse conflicts when there is a message with the id of one that is refused; also one that was accepted before it in this transaction.
func (t *transaction) refuse(w relay.RefuseWrite) {
	t.refuses = true
	t.touch(w.ID, refusing)
	t.pending.refused.id = append(t.pending.refused.id, w.ID)
}

func (r *refusedRows) queue(b *pgx.Batch) {
	if len(r.id) == 0 {
		return
	}
	b.Queue(`SELECT sluis.expect(NOT EXISTS (SELECT 1 FROM sluis.message WHERE id = ANY ($1)), $2)`, r.id, notAsExpected)
}

// sinceRows are ids of which no refusal may stand in the log from where it was looked for them on, up to the change that accepts them.
type sinceRows struct {
	id         []string
	seen, upTo []int64
}

// notRefused conflicts when a message was refused since it was looked for, and before the change that begins at first. Where nothing was
// added since, there is nothing to ask; the records of this transaction count only when something is refused in it.
func (t *transaction) notRefused(id string, seen, first int64) {
	upTo := t.head.Size
	if t.refuses {
		upTo = first
	}
	if seen < upTo {
		rows := &t.pending.since
		rows.id, rows.seen, rows.upTo = append(rows.id, id), append(rows.seen, seen), append(rows.upTo, upTo)
	}
}

// queue reads what the log grew by since the oldest look, once for all: a part of a second of it, found by its number. Only a decision
// against a message has reasons. Behind a SELECT the bounds are unknown to any plan, so that one is made once and kept: made anew for each batch,
// as the server did in a long log, it cost more than the reading.
func (r *sinceRows) queue(b *pgx.Batch) {
	if len(r.id) == 0 {
		return
	}
	b.Queue(`
		WITH refused AS MATERIALIZED (SELECT nr, message FROM sluis.record WHERE nr >= (SELECT $4::bigint) AND nr < (SELECT $5::bigint) AND kind = 'besluit' AND reasons <> '{}')
		SELECT sluis.expect(NOT EXISTS (
			SELECT 1 FROM refused f JOIN unnest($1::text[], $2::bigint[], $3::bigint[]) AS w (id, seen, up_to) ON f.message = w.id
			WHERE f.nr >= w.seen AND f.nr < w.up_to), $6)`,
		r.id, r.seen, r.upTo, slices.Min(r.seen), slices.Max(r.upTo), notAsExpected)
}

func (r *messageRows) queue(b *pgx.Batch) {
	if len(r.nr) == 0 {
		return
	}
	b.Queue(`
		INSERT INTO sluis.message (nr, time_ms, id, kind, case_id, sender_party, sender_person, envelope, digest, status)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])`,
		r.nr, r.timeMS, r.id, r.kind, r.caseID, r.party, r.person, r.envelope, r.digest, r.status)
}

func (r *recipientRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	b.Queue(`
		INSERT INTO sluis.recipient (message, position, deadline_ms, party, function, people, status)
		SELECT message, position, deadline_ms, party, function, people::text[], status
		FROM unnest($1::bigint[], $2::integer[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
			AS r (message, position, deadline_ms, party, function, people, status)`,
		r.message, r.position, r.deadlineMS, r.party, r.function, r.people, r.status)
}
