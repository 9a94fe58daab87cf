package conformance

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func statusMoves(t *testing.T, h *house) {
	m := h.send(letter())
	first, second := m.Recipients[0], m.Recipients[1]
	h.must(h.confirm(m.ID, first, message.Received))

	stranger := first
	stranger.Function = "jeugdcoordinator"
	for name, err := range map[string]error{
		"the same again":     h.confirm(m.ID, first, message.Received),
		"from where it left": h.confirm(m.ID, first, message.TakenOver),
		"by a stranger":      h.confirm(m.ID, stranger, message.Received),
		"unknown message":    h.confirm(letter().ID, first, message.Received),
		"lapse of received": h.keep(tlog.Lapsed, relay.LapseWrite{
			Message: m.ID, Party: first.Party, Function: first.Function, From: message.Offered}),
	} {
		if !errors.Is(err, audit.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.must(h.keep(tlog.Lapsed, relay.LapseWrite{Message: m.ID, Party: second.Party, Function: second.Function, From: message.Offered}))
	h.both(func() {
		got, err := h.Message(h.ctx, m.ID)
		h.must(err)
		if got.Recipients[0].Status != message.Status(message.Received) || got.Recipients[1].Status != message.Lapsed || len(got.Confirmed) != 1 {
			t.Errorf("statuses %v and %v, %d confirmations", got.Recipients[0].Status, got.Recipients[1].Status, len(got.Confirmed))
		}
		list, _, err := h.Messages(h.ctx, relay.Query{Party: school, Status: got.Status(), Limit: 1})
		if err != nil || len(list) != 1 {
			t.Errorf("the list by status %s has %d messages, %v", got.Status(), len(list), err)
		}
	})
}

// confirmedOnce: who confirms for two recipients with one confirmation moves both, and it stands in the list once.
func confirmedOnce(t *testing.T, h *house) {
	m := h.send(letter())
	var c audit.Change
	for _, r := range m.Recipients {
		c.Records = append(c.Records, tlog.Record{Kind: tlog.Received})
		c.Writes = append(c.Writes, relay.ConfirmWrite{Message: m.ID, Party: r.Party, Function: r.Function, From: r.Status,
			To: message.Status(message.Received), Kind: message.Received, Compact: "for both"})
	}
	h.commit(c)
	taken := m.Recipients[0]
	taken.Status = message.Status(message.Received)
	h.must(h.confirm(m.ID, taken, message.TakenOver))
	h.both(func() {
		got, err := h.Message(h.ctx, m.ID)
		h.must(err)
		h.same("confirmations", []string{"for both", "overgenomen by " + string(taken.Party) + " of " + m.ID}, got.Confirmed)
	})
}

// lapsing: whoever has not received when the deadline passes is found, and nobody else, whatever the statuses are.
func lapsing(t *testing.T, h *house) {
	want := map[string]bool{}
	late, early := now().Add(-time.Minute), now().Add(time.Hour)
	for _, status := range []message.Status{
		message.Offered, message.Lapsed, message.Status(message.Unreadable), message.Status(message.Received),
		message.Status(message.TakenOver), message.Status(message.HandedBack), message.Status(message.Closed),
	} {
		for _, deadline := range []time.Time{late, early} {
			m := letter()
			m.Recipients[0].Status, m.Recipients[0].Deadline = status, deadline
			want[h.send(m).ID] = !status.Delivered() && deadline == late
		}
	}
	h.both(func() {
		got, err := h.Lapsing(h.ctx, now(), 100)
		h.must(err)
		found := map[string]bool{}
		for _, m := range got {
			found[m.ID] = true
		}
		for id, lapses := range want {
			if found[id] != lapses {
				m, _ := h.Message(h.ctx, id)
				t.Errorf("status %s, deadline passed %v: found %v", m.Recipients[0].Status, m.Recipients[0].Deadline.Equal(late), found[id])
			}
		}
		if few, err := h.Lapsing(h.ctx, now(), 1); err != nil || len(few) != 1 {
			t.Errorf("at most 1: %d, %v", len(few), err)
		}
	})
}

func tokenOnce(t *testing.T, h *house) {
	soon, past := now().Add(time.Hour), now().Add(-time.Minute)
	see := func(issuer, jti string, exp time.Time, want bool) {
		t.Helper()
		if seen, err := h.Seen(h.ctx, issuer, jti, exp); err != nil || seen != want {
			t.Errorf("%s %s: seen %v, %v", issuer, jti, seen, err)
		}
	}
	see("A", "1", soon, false)
	see("A", "2", past, false)
	see("B", "1", soon, false) // a jti is its issuer's own
	h.both(func() {
		see("A", "1", soon, true)
		see("A", "2", past, true)
		see("B", "1", soon, true)
	})
	h.must(h.Forget(h.ctx, now()))
	see("A", "1", soon, true)
	see("A", "2", past, false)

	// Of many who show one token at once, exactly one is the first.
	answers := make(chan bool)
	for range 8 {
		go func() {
			seen, err := h.Seen(h.ctx, "C", "1", soon)
			answers <- err == nil && !seen
		}()
	}
	fresh := 0
	for range 8 {
		if <-answers {
			fresh++
		}
	}
	if fresh != 1 {
		t.Errorf("%d were the first", fresh)
	}
}
