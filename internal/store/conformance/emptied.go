package conformance

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// emptied: what waits for ciphertext that is not there is found, and what waits for what is there, or does not wait, is not.
func emptied(t *testing.T, h *house) {
	whole, gone, received := h.send(letter()), h.send(letter()), h.send(letter())
	for _, m := range []relay.Stored{gone, received} {
		h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: m.ID, Part: relay.PayloadPart}))
	}
	for _, to := range received.Recipients {
		h.must(h.confirm(received.ID, to, message.Received))
	}
	h.both(func() {
		list, err := h.Emptied(h.ctx, relay.PayloadPart, now(), 10)
		if err != nil || len(list) != 1 || list[0].ID != gone.ID || list[0].HasPayload {
			t.Errorf("%d messages without their payload, of 1 beside %s: %v", len(list), whole.Kind, err)
		}
		if list, err := h.Emptied(h.ctx, relay.MotivationPart, now(), 10); err != nil || len(list) != 0 {
			t.Errorf("%d messages without their motivation: %v", len(list), err)
		}
	})
	for _, to := range gone.Recipients {
		h.must(h.keep(tlog.Lapsed, relay.LapseWrite{Message: gone.ID, Party: to.Party, Function: to.Function, From: to.Status}))
	}
	if list, err := h.Emptied(h.ctx, relay.PayloadPart, now(), 10); err != nil || len(list) != 0 {
		t.Errorf("%d messages after they lapsed: %v", len(list), err)
	}
}
