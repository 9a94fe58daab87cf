package audit_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// hesitant is a store that does each transaction twice: the first time it is undone at the end, as when an engine finds a conflict only
// while it writes.
type hesitant struct{ audit.Store }

var errUndone = errors.New("undone")

func (s hesitant) Update(ctx context.Context, fn func(audit.Tx) error) error {
	err := s.Store.Update(ctx, func(tx audit.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		return err
	}
	return s.Store.Update(ctx, fn)
}

// TestATransactionMayBeTriedAgain: numbers, leaves, refusals and the position of the registry are those of the time that counts.
func TestATransactionMayBeTriedAgain(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(hesitant{h.store})
	var registry int64
	for round := range 5 {
		var changes []audit.Change
		for i := range 20 {
			c := card(fmt.Sprintf("%d/%d", round, i%15)) // five of them twice
			c.Registry = i == 7
			changes = append(changes, c)
		}
		done, errs := all(s, changes...)
		kept := 0
		for i, c := range done {
			if errors.Is(errs[i], audit.ErrConflict) {
				continue
			}
			h.must(errs[i])
			kept++
			receipt, err := c.Receipt(0)
			h.must(err)
			_, err = tlog.VerifyReceipt(receipt, origin, h.verifier)
			h.must(err)
			if changes[i].Registry {
				registry = c.Records[0].Nr + 1
				if c.Registry != registry {
					t.Errorf("position %d after record %d", c.Registry, c.Records[0].Nr)
				}
			}
		}
		if kept != 15 {
			t.Errorf("%d changes kept, want 15", kept)
		}
		if size := h.sound(); size != int64(15*(round+1)) {
			t.Errorf("size %d after round %d", size, round)
		}
		head, err := h.store.Head(t.Context())
		h.must(err)
		if head.Registry != registry {
			t.Errorf("kept position %d, want %d", head.Registry, registry)
		}
	}
}
