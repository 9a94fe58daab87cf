package endurance

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
)

// kept reads what the gateway keeps straight from its database: nothing of the gateway is trusted here.
type kept struct {
	db *sql.DB
	*questions
}

func openKept(t testing.TB, at place) kept {
	t.Helper()
	return kept{at.open(t), at.asks()}
}

// counted is what is kept of one letter: rows in the store, and records in the trail.
type counted struct {
	Messages, Payloads                                         int // Payloads: of either part
	Allowed, Refused, Offered, Received, Erased, Reviews, Rest int
}

// count counts what is kept of each letter, by its id. What is kept of none is not in the map.
func (k kept) count(ctx context.Context, letters []*letter) (map[string]counted, error) {
	ids := make([]string, len(letters))
	for i, l := range letters {
		ids[i] = l.id()
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("writing down message ids: %w", err)
	}
	all := map[string]counted{}
	var id, kind, decision string
	var payloads int
	err = k.each(ctx, k.messages, []any{string(list)}, []any{&id, &payloads}, func() {
		c := all[id]
		c.Messages, c.Payloads = c.Messages+1, c.Payloads+payloads
		all[id] = c
	})
	if err != nil {
		return nil, fmt.Errorf("counting messages: %w", err)
	}
	err = k.each(ctx, k.records, []any{string(list)}, []any{&id, &kind, &decision}, func() {
		c := all[id]
		c.add(kind, decision)
		all[id] = c
	})
	if err != nil {
		return nil, fmt.Errorf("counting records: %w", err)
	}
	return all, nil
}

// each calls row for each row of the answer to a query.
func (k kept) each(ctx context.Context, query string, args, into []any, row func()) error {
	rows, err := k.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row()
	}
	return errors.Join(rows.Err(), rows.Close())
}

func (c *counted) add(kind, decision string) {
	switch {
	case kind == "besluit" && decision == "toegestaan":
		c.Allowed++
	case kind == "besluit":
		c.Refused++
	case kind == "aangeboden":
		c.Offered++
	case kind == "ontvangen":
		c.Received++
	case kind == "gewist":
		c.Erased++
	case kind == "beoordeling":
		c.Reviews++
	default:
		c.Rest++
	}
}

// wanted is what must be kept of a letter by what its sender and readers were told; got is what is kept.
func (l *letter) wanted(got counted) (want counted) {
	recipients := len(l.envelope.Envelope().Recipients)
	switch l.want {
	case http.StatusCreated:
		want = counted{Messages: 1, Payloads: 1, Allowed: recipients, Offered: 1, Received: len(l.confirmations)}
		if want.Received == recipients {
			want.Payloads, want.Erased = 0, 1
		}
		if l.envelope.Envelope().Motivation != nil {
			want.Payloads++  // it waits for its review
			want.Reviews = 2 // one for each party
		}
	case http.StatusForbidden:
		// Decided again each time that it is sent, for every recipient; an attempt that was cut off may not have got that far.
		times := min(max(got.Refused/recipients, 1), l.attempts)
		want.Refused = times * recipients
	}
	return want
}

// compare compares what is kept with what was told, for each letter, and gives what is wrong.
func (s *served) compare(t *testing.T, letters []*letter) (wrong []error) {
	t.Helper()
	k := openKept(t, s.place)
	defer k.db.Close()
	all, err := k.count(t.Context(), letters)
	must(t, err)
	for _, l := range letters {
		got := all[l.id()]
		if want := l.wanted(got); got != want {
			wrong = append(wrong, fmt.Errorf("kept of letter %s, which is answered %d: %+v, want %+v", l.id(), l.want, got, want))
		}
	}
	return wrong
}

// staged counts uploads that are of no message.
func (s *served) staged(t testing.TB) (n int) {
	t.Helper()
	k := openKept(t, s.place)
	defer k.db.Close()
	must(t, k.db.QueryRowContext(t.Context(), k.questions.staged).Scan(&n))
	return n
}
