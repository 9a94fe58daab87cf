package conformance

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const someTime = "2026-11-21T09:00:00.000Z"

func card(id string, version int) party.CardWrite {
	return party.CardWrite{OIN: "00000099000000030000", ID: id, Version: version, Digest: "d" + id, Compact: "c" + id}
}

// unchanged runs something that fails and checks that nothing of it is kept.
func (h *house) unchanged(name string, fails func() error) {
	h.t.Helper()
	before, err := h.Head(h.ctx)
	h.must(err)
	cards, err := h.Cards(h.ctx)
	h.must(err)
	if err := fails(); err == nil {
		h.t.Errorf("%s went well", name)
	}
	h.both(func() {
		after, err := h.Head(h.ctx)
		h.must(err)
		h.same(name+": head", before, after)
		now, err := h.Cards(h.ctx)
		h.must(err)
		h.same(name+": cards", cards, now)
	})
}

func errorKeepsNothing(t *testing.T, h *house) {
	h.must(h.keep(tlog.CardKept, card("a", 1)))
	mine := errors.New("mine")
	h.unchanged("a transaction that fails", func() error {
		err := h.Update(h.ctx, func(tx audit.Tx) error {
			h.must(tx.AppendRecord(tlog.Record{Nr: 1, Time: someTime, Kind: tlog.CardKept}, []byte("{}"), []string{"A"}, time.Time{}))
			h.must(tx.Apply(card("b", 1), 1))
			h.must(tx.SetHead(audit.Head{Size: 2, Checkpoint: []byte("x"), LastTime: now()}))
			return mine
		})
		if !errors.Is(err, mine) {
			t.Errorf("the error is %v", err)
		}
		return err
	})
	h.must(h.keep(tlog.CardKept, card("b", 1))) // and the store still works
}

func savepoint(t *testing.T, h *house) {
	mine := errors.New("mine")
	h.must(h.Update(h.ctx, func(tx audit.Tx) error {
		h.must(tx.Savepoint(func() error { return tx.Apply(card("a", 1), 0) }))
		if err := tx.Savepoint(func() error {
			h.must(tx.Apply(card("b", 1), 0))
			h.must(tx.AppendRecord(tlog.Record{Nr: 0, Time: someTime, Kind: tlog.CardKept}, []byte("{}"), nil, time.Time{}))
			return mine
		}); !errors.Is(err, mine) || errors.Is(err, audit.ErrAborted) {
			t.Errorf("the error is %v", err)
		}
		return tx.Savepoint(func() error { return tx.Apply(card("c", 1), 0) })
	}))
	h.both(func() {
		cards, err := h.Cards(h.ctx)
		h.must(err)
		h.same("cards", []party.CardWrite{card("a", 1), card("c", 1)}, cards)
		if _, err := h.Record(h.ctx, 0); !errors.Is(err, audit.ErrNotFound) {
			t.Errorf("the record of an undone change: %v", err)
		}
	})
}

func conflictAlone(t *testing.T, h *house) {
	h.must(h.keep(tlog.CardKept, card("a", 1)))
	h.unchanged("a change that conflicts", func() error {
		_, err := h.log.Commit(h.ctx, audit.Change{
			Records: []tlog.Record{{Kind: tlog.CardKept}},
			Writes:  []audit.Write{card("b", 1), card("a", 1)},
		})
		if !errors.Is(err, audit.ErrConflict) {
			t.Errorf("the error is %v", err)
		}
		return err
	})
	h.must(h.keep(tlog.CardKept, card("b", 1)))
}

func unknownWrite(t *testing.T, h *house) {
	type something struct{ A int }
	for _, w := range []audit.Write{something{1}, nil, "card", ptr(card("a", 1))} {
		h.unchanged("an unknown write", func() error {
			err := h.keep(tlog.CardKept, w)
			if errors.Is(err, audit.ErrConflict) {
				t.Errorf("%T is called a conflict", w)
			}
			return err
		})
	}
}

// givingUp: who waits for a transaction of another can stop waiting, and the other goes on.
func givingUp(t *testing.T, h *house) {
	h.must(h.Update(h.ctx, func(tx audit.Tx) error {
		ctx, cancel := context.WithCancel(h.ctx)
		cancel()
		if err := h.Update(ctx, func(audit.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
		return tx.Apply(card("a", 1), 0)
	}))
	cards, err := h.Cards(h.ctx)
	h.must(err)
	h.same("cards", []party.CardWrite{card("a", 1)}, cards)
}
