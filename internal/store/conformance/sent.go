package conformance

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// sentBy counts what one participant sent of one kind since a moment: a message to two recipients once, and not what stood exactly at
// that moment.
func sentBy(t *testing.T, h *house) {
	at := now().Add(-time.Hour)
	for _, minutes := range []time.Duration{0, 10, 20} {
		m := letter()
		m.Time = at.Add(minutes * time.Minute)
		h.send(m)
	}
	for _, change := range []func(*relay.Stored){
		func(m *relay.Stored) { m.Kind = "zorgmelding" },
		func(m *relay.Stored) { m.SenderID = "zc-1" },
		func(m *relay.Stored) { m.SenderOIN = care },
	} {
		m := letter()
		change(&m)
		h.send(m)
	}
	own := relay.SentQuery{Party: school, Person: "vc-1", Kind: "signaal"}
	h.both(func() {
		for after, want := range map[time.Time]int{
			at.Add(-time.Second): 3, at: 2, at.Add(10 * time.Minute): 1, at.Add(20 * time.Minute): 0,
		} {
			q := own
			q.After = after
			got, err := h.Sent(h.ctx, q)
			h.must(err)
			h.same("sent after "+after.Format(time.TimeOnly), want, got)
		}
	})
}

// countedIsKept: a message that was allowed on a count is not kept when that is no longer right, and nothing of it is.
func countedIsKept(t *testing.T, h *house) {
	first := h.send(letter())
	q := relay.SentQuery{Party: school, Person: "vc-1", Kind: "signaal", After: first.Time.Add(-time.Minute)}
	late, right := letter(), letter()
	change := accepted(late, []byte("x"))
	w := change.Writes[0].(relay.AcceptWrite)
	w.Counted = []relay.SentCount{{SentQuery: q, Count: 0}}
	change.Writes[0] = w
	if _, err := h.log.Commit(h.ctx, change); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("one more than was counted: %v", err)
	}
	if _, err := h.Message(h.ctx, late.ID); !errors.Is(err, relay.ErrNotFound) {
		t.Errorf("the refused message: %v", err)
	}
	change = accepted(right, []byte("x"))
	w = change.Writes[0].(relay.AcceptWrite)
	w.Counted = []relay.SentCount{{SentQuery: q, Count: 1}}
	change.Writes[0] = w
	h.commit(change)
}
