package conformance

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// notRefused: what was accepted cannot be refused any more, at this process or after a restart; nothing is kept of a refusal that conflicts.
func notRefused(t *testing.T, h *house) {
	m := h.send(letter())
	h.unchanged("refusing what was accepted", func() error {
		_, err := h.refuse(m.ID)
		if !errors.Is(err, audit.ErrConflict) {
			t.Errorf("the error is %v", err)
		}
		return err
	})
	_, err := h.refuse(letter().ID)
	h.must(err)
}

// notAcceptedUnaware: who looked for a message before it was refused does not know that, and must not accept it; nothing is kept of the try.
// Who looked after that may: a refusal does not use up the id.
func notAcceptedUnaware(t *testing.T, h *house) {
	m, other := letter(), letter()
	accept := func(m relay.Stored, seen int64) error {
		c := accepted(m, []byte("x"))
		w := c.Writes[0].(relay.AcceptWrite)
		w.Seen = seen
		c.Writes[0] = w
		_, err := h.log.Commit(h.ctx, c)
		return err
	}
	var refusals []int64
	for range 2 { // the second is the last record of the log
		h.send(letter())
		nr, err := h.refuse(m.ID)
		h.must(err)
		refusals = append(refusals, nr)
	}
	h.both(func() {
		h.unchanged("accepting what was refused since", func() error {
			for _, seen := range []int64{0, refusals[0], refusals[0] + 1, refusals[1]} {
				if err := accept(m, seen); !errors.Is(err, audit.ErrConflict) {
					t.Errorf("having looked at a log of %d records, after refusals in records %d: %v", seen, refusals, err)
				}
			}
			return audit.ErrConflict
		})
	})
	h.must(accept(other, 0)) // what was refused is another
	h.must(accept(m, refusals[1]+1))
	h.both(func() {
		for _, id := range []string{m.ID, other.ID} {
			_, err := h.Message(h.ctx, id)
			h.must(err)
		}
	})
}

// refuse keeps a decision against a message, and gives the number of its record.
func (h *house) refuse(id string) (nr int64, err error) {
	done, err := h.log.Commit(h.ctx, audit.Change{
		Records: []tlog.Record{{Kind: tlog.Decided, Message: &id, Decision: ptr("geweigerd"), Reasons: []string{"doel-niet-toegestaan"}}},
		Writes:  []audit.Write{relay.RefuseWrite{ID: id}},
	})
	if err != nil {
		return 0, err
	}
	return done.Records[0].Nr, nil
}
