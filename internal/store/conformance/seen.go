package conformance

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// movesAsSeen: whoever decided while another recipient stood otherwise decides again, or nobody would know that it was the last.
func movesAsSeen(t *testing.T, h *house) {
	m := h.send(letter())
	first, second := m.Recipients[0], m.Recipients[1]
	offered, received := message.Offered, message.Status(message.Received)
	confirm := func(r relay.RecipientState, seen ...message.Status) error {
		return h.keep("ontvangen", relay.ConfirmWrite{Message: m.ID, Party: r.Party, Function: r.Function, From: offered, To: received,
			Kind: message.Received, Compact: "by " + string(r.Party), Seen: seen})
	}
	lapse := func(r relay.RecipientState, seen ...message.Status) error {
		return h.keep(tlog.Lapsed, relay.LapseWrite{Message: m.ID, Party: r.Party, Function: r.Function, From: offered, Seen: seen})
	}
	h.must(confirm(first, offered, offered))
	h.unchanged("a change on what is no longer so", func() error {
		for name, err := range map[string]error{
			"confirming as before": confirm(second, offered, offered), "lapsing as before": lapse(second, offered, offered),
			"one too few": confirm(second, received), "the wrong one": lapse(second, offered, received),
		} {
			if !errors.Is(err, audit.ErrConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return audit.ErrConflict
	})
	h.must(lapse(second, received, offered))
	h.both(func() {
		got, err := h.Message(h.ctx, m.ID)
		h.must(err)
		if got.Recipients[0].Status != received || got.Recipients[1].Status != message.Lapsed {
			t.Errorf("they stand at %s and %s", got.Recipients[0].Status, got.Recipients[1].Status)
		}
	})
}
