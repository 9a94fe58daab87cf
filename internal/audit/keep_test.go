package audit_test

import (
	"context"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// keeping is a store that notes until when it was told to keep what.
type keeping struct {
	audit.Store
	until []time.Time
}

type keepingTx struct {
	audit.Tx
	k *keeping
}

func (k *keeping) Update(ctx context.Context, fn func(audit.Tx) error) error {
	return k.Store.Update(ctx, func(tx audit.Tx) error { k.until = nil; return fn(keepingTx{tx, k}) })
}

func (t keepingTx) AppendRecord(r tlog.Record, canonical []byte, parties []string, until time.Time) error {
	t.k.until = append(t.k.until, until)
	return t.Tx.AppendRecord(r, canonical, parties, until)
}

// TestATermIsFixedWithTheRecord: from its own time to the end of a day in Amsterdam, or for good; and what is no term keeps nothing.
func TestATermIsFixedWithTheRecord(t *testing.T) {
	h := newHouse(t)
	k := &keeping{Store: h.store}
	at := time.Date(2026, 11, 22, 22, 30, 0, 0, time.UTC)
	s := h.sequencer(k, func(o *audit.Options) { o.Now = func() time.Time { return at } })
	for keep, want := range map[string]time.Time{
		"P5Y": time.Date(2031, 11, 23, 0, 0, 0, 0, term.Zone), "P1D": time.Date(2026, 11, 24, 0, 0, 0, 0, term.Zone), "": {},
	} {
		_, err := s.Commit(t.Context(), audit.Change{Keep: keep, Records: []tlog.Record{{Kind: tlog.Fetched}, {Kind: tlog.Fetched}}})
		h.must(err)
		if len(k.until) != 2 || !k.until[0].Equal(want) || !k.until[1].Equal(want) {
			t.Errorf("%q: kept until %v, want %v", keep, k.until, want)
		}
	}
	head, err := h.store.Head(t.Context())
	h.must(err)
	for _, keep := range []string{"5 jaar", "P", "PT5H", "P-5Y"} {
		if _, err := s.Commit(t.Context(), audit.Change{Keep: keep, Records: []tlog.Record{{Kind: tlog.Fetched}}}); err == nil {
			t.Errorf("%q was taken for a term", keep)
		}
	}
	if after, err := h.store.Head(t.Context()); err != nil || after.Size != head.Size {
		t.Errorf("%d records became %d, %v", head.Size, after.Size, err)
	}
}
