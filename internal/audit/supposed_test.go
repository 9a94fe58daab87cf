package audit_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// supposing is a store that first supposes that the head is where it once was, and then looks.
type supposing struct {
	audit.Store
	once    audit.Head
	between func(error)
}

type supposedTx struct {
	audit.Tx
	head audit.Head
}

func (t supposedTx) Head() (audit.Head, error) { return t.head, nil }

func (s *supposing) Update(ctx context.Context, fn func(audit.Tx) error) error {
	err := s.Store.Update(ctx, func(tx audit.Tx) error { return errors.Join(fn(supposedTx{tx, s.once}), errUndone) })
	s.between(err)
	return s.Store.Update(ctx, fn)
}

// TestWhatIsSupposedIsNoLoss: a head that is further back than what was shown, and turns out to be elsewhere, is not told as a loss, not even
// for a moment.
func TestWhatIsSupposedIsNoLoss(t *testing.T) {
	h := newHouse(t)
	store := &supposing{Store: h.store, between: func(error) {}}
	s := h.sequencer(store)
	_, err := s.Commit(t.Context(), card("a"))
	h.must(err)
	store.once, err = h.store.Head(t.Context())
	h.must(err)
	_, err = h.sequencer(h.store).Commit(t.Context(), card("b")) // another process
	h.must(err)
	_, err = s.Checkpoint(t.Context()) // shows it
	h.must(err)
	looked := 0
	store.between = func(err error) {
		if looked++; !errors.Is(err, audit.ErrLost) || s.Lost() {
			t.Errorf("supposing an older head gives %v, lost %v", err, s.Lost())
		}
	}
	h.must(s.Healthy(t.Context()))
	_, err = s.Commit(t.Context(), card("c"))
	h.must(err)
	if looked != 2 || s.Lost() {
		t.Errorf("looked %d times, lost %v", looked, s.Lost())
	}
}
