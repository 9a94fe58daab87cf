package conformance

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// leastAdvanced: a message stands where the least advanced of its recipients does, for each pair of statuses, also one that only a newer
// version knows; a list by status finds it there.
func leastAdvanced(t *testing.T, h *house) {
	all := []message.Status{
		message.Offered, message.Lapsed, message.Status(message.Unreadable), message.Status(message.Received), message.Status(message.HandedBack),
		message.Status(message.TakenOver), message.Status(message.Closed), "later",
	}
	want := map[message.Status][]string{}
	var moves audit.Change
	for _, first := range all {
		for _, second := range all {
			m := letter()
			m.Recipients[0].Status, m.Recipients[1].Status = "before", second
			h.send(m)
			moves.Writes = append(moves.Writes, relay.ConfirmWrite{Message: m.ID, Party: m.Recipients[0].Party, Function: m.Recipients[0].Function,
				From: "before", To: first, Kind: message.ConfirmationKind(first), Compact: fmt.Sprint(m.ID, first)})
			least := message.Least([]message.Status{first, second})
			want[least] = append(want[least], m.ID)
		}
	}
	moves.Records = []tlog.Record{{Kind: tlog.Received}}
	h.commit(moves)
	for _, status := range all {
		list, _, err := h.Messages(h.ctx, relay.Query{Party: school, Status: status, Limit: 1000})
		h.must(err)
		var got []string
		for _, m := range list {
			got = append(got, m.ID)
		}
		slices.Sort(want[status])
		slices.Sort(got)
		h.same(string(status), want[status], got)
	}
}
