package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// accept keeps a new message. Its tags of betrokkenen are not kept apart: they stand in the envelope and in the record, and
// nothing searches them here.
func (t *transaction) accept(w relay.AcceptWrite, first int64) error {
	m := w.Message
	nr := first + int64(w.RecordIndex)
	if err := t.sameSent(w.Counted); err != nil {
		return err
	}
	if err := t.notRefused(m.ID, w.Seen, first); err != nil {
		return err
	}
	_, err := t.w.exec(`
		INSERT INTO message (nr, id, kind, time_ms, case_id, sender_party, sender_person, envelope, digest, status)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		nr, m.ID, string(m.Kind), m.Time.UnixMilli(), m.Case, string(m.SenderOIN), m.SenderID, m.Envelope, m.Digest, string(m.Status()))
	if err != nil {
		return err
	}
	for i, r := range m.Recipients {
		_, err := t.w.exec(`
			INSERT INTO recipient (message, position, party, function, people, status, deadline_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			nr, i, string(r.Party), string(r.Function), list(r.People), string(r.Status), r.Deadline.UnixMilli())
		if err != nil {
			return err
		}
	}
	if _, err := time.Parse(time.DateOnly, w.Day); err != nil {
		return errors.New("ciphertext without the day of its key")
	}
	if w.Staging != "" {
		parts := int64(1)
		if m.HasMotive {
			parts++
		}
		if err := t.adopt(nr, w.Staging, w.Day, parts); err != nil {
			return err
		}
	} else if w.Inline[relay.PayloadPart] == nil {
		return errors.New("a message without its ciphertext")
	}
	for _, part := range relay.Parts {
		data, ok := w.Inline[part]
		if !ok {
			continue
		}
		if err := t.keepContent(nr, part, w.Day, data); err != nil {
			return err
		}
	}
	return nil
}

const selectDecided = `SELECT EXISTS (SELECT 1 FROM record WHERE message = ? AND nr >= ? AND nr < ? AND kind = 'besluit')`

// notRefused conflicts when a decision on a message stands in the log since it was looked for, and before first. Whichever it was: one that
// was accepted would be there.
func (t *transaction) notRefused(id string, seen, first int64) error {
	var decided bool
	if err := t.w.row(selectDecided, id, seen, first).Scan(&decided); err != nil {
		return err
	}
	if decided {
		return audit.ErrConflict
	}
	return nil
}

// refuse conflicts when there is a message with the id of one that is refused.
func (t *transaction) refuse(w relay.RefuseWrite) error {
	var kept bool
	if err := t.w.row(`SELECT EXISTS (SELECT 1 FROM message WHERE id = ?)`, w.ID).Scan(&kept); err != nil {
		return err
	}
	if kept {
		return audit.ErrConflict
	}
	return nil
}

// find gives the nr of a message; a write about one that is not there is a conflict.
func (t *transaction) find(id string) (nr int64, err error) {
	err = t.w.row(`SELECT nr FROM message WHERE id = ?`, id).Scan(&nr)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, audit.ErrConflict
	}
	return nr, err
}

func (t *transaction) confirm(w relay.ConfirmWrite) error {
	nr, err := t.find(w.Message)
	if err != nil {
		return err
	}
	if err := t.stillSeen(nr, w.Seen); err != nil {
		return err
	}
	if err := t.move(nr, w.Party, w.Function, w.From, w.To); err != nil {
		return err
	}
	_, err = t.w.exec(`INSERT INTO confirmation (message, party, function, kind, compact) VALUES (?, ?, ?, ?, ?)`,
		nr, string(w.Party), string(w.Function), string(w.Kind), w.Compact)
	return err
}

func (t *transaction) lapse(w relay.LapseWrite) error {
	nr, err := t.find(w.Message)
	if err != nil {
		return err
	}
	if err := t.stillSeen(nr, w.Seen); err != nil {
		return err
	}
	return t.move(nr, w.Party, w.Function, w.From, message.Lapsed)
}

// stillSeen is a conflict when the recipients of a message no longer stand as they were seen.
func (t *transaction) stillSeen(nr int64, seen relay.Seen) error {
	if seen == nil {
		return nil
	}
	statuses, err := t.statuses(nr)
	if err == nil && !slices.Equal(statuses, seen) {
		err = audit.ErrConflict
	}
	return err
}

func (t *transaction) statuses(nr int64) ([]message.Status, error) {
	rows, err := t.w.query(`SELECT status FROM recipient WHERE message = ? ORDER BY position`, nr)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (s message.Status, err error) { return s, row.Scan(&s) })
}

// move sets the status of one recipient if it still is from, and that of the message with it.
func (t *transaction) move(nr int64, of party.OIN, function vocabulary.Function, from, to message.Status) error {
	done, err := t.w.exec(`UPDATE recipient SET status = ? WHERE message = ? AND party = ? AND function = ? AND status = ?`,
		string(to), nr, string(of), string(function), string(from))
	if err != nil {
		return err
	}
	if moved, err := done.RowsAffected(); err != nil || moved != 1 {
		return errors.Join(err, audit.ErrConflict)
	}
	statuses, err := t.statuses(nr)
	if err != nil {
		return err
	}
	_, err = t.w.exec(`UPDATE message SET status = ? WHERE nr = ?`, string(message.Least(statuses)), nr)
	return err
}

// erase takes ciphertext from its message; before the transaction ends it is overwritten in the file (see drop), and the wiper empties the
// journal. Erasing what is not there is a conflict: there must be no record of an erasure that did not happen.
func (t *transaction) erase(w relay.EraseWrite) error {
	nr, err := t.find(w.Message)
	if err != nil {
		return err
	}
	var content int64
	err = t.w.row(`UPDATE content SET message = NULL, day = NULL, staging = 'erased ' || id, staged_ms = 0 WHERE message = ? AND part = ?
		RETURNING id`, nr, string(w.Part)).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return audit.ErrConflict
	}
	if err != nil {
		return err
	}
	t.erased, t.doomed = true, append(t.doomed, content)
	return nil
}

// dropContent removes one ciphertext with its chunks, a statement for each: like a savepoint, a statement keeps in memory what it
// overwrites.
func (w *writer) dropContent(content int64) error {
	for left := int64(1); left > 0; {
		done, err := w.exec(`DELETE FROM chunk WHERE content = ?1 AND nr = (SELECT min(nr) FROM chunk WHERE content = ?1)`, content)
		if err != nil {
			return err
		}
		if left, err = done.RowsAffected(); err != nil {
			return err
		}
	}
	_, err := w.exec(`DELETE FROM content WHERE id = ?`, content)
	return err
}

func (t *transaction) keepContent(nr int64, part relay.Part, day string, data []byte) error {
	done, err := t.w.exec(`INSERT INTO content (message, part, day) VALUES (?, ?, ?)`, nr, string(part), day)
	if err != nil {
		return err
	}
	content, err := done.LastInsertId()
	if err != nil {
		return err
	}
	_, err = t.w.exec(`INSERT INTO chunk (content, nr, data) VALUES (?, 0, ?)`, content, data)
	return err
}

// adopt makes staged ciphertext a message's, by changing the small row that each part hangs from. A message without one of its
// parts is not kept: it would be accepted and never come.
func (t *transaction) adopt(nr int64, staging, day string, parts int64) error {
	done, err := t.w.exec(`UPDATE content SET message = ?1, day = ?2, staging = NULL, staged_ms = NULL WHERE staging = ?3
		AND EXISTS (SELECT 1 FROM content p WHERE p.staging = ?3 AND p.part = ?4)`, nr, day, staging, string(relay.PayloadPart))
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != parts {
		return errors.Join(err, fmt.Errorf("%d of %d parts are staged for record %d", n, parts, nr))
	}
	return nil
}
