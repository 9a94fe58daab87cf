package conformance

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// goesWhole: at the end of its term a message and its records go from every list and every search, and what is younger is whole.
func goesWhole(t *testing.T, h *house) {
	id := uuid.NewString()
	var gone old
	h.inThePast(func() { gone = h.deliver(fiveYear, id) })
	young := h.deliver(fiveYear, id)
	list, err := h.Due(h.ctx, time.Now(), 1000)
	h.must(err)
	h.same("due", gone.nrs, h.due())
	for _, d := range list {
		slices.Sort(d.Parties)
		h.same("parties", []string{string(police), string(school), string(care)}, d.Parties)
		if since := time.Since(d.Until); since < 300*24*time.Hour || since > 400*24*time.Hour {
			t.Errorf("the term of %d ended %s ago", d.Nr, since)
		}
	}
	few, err := h.Due(h.ctx, time.Now(), 2)
	h.must(err)
	h.same("at most 2", list[:2], few)
	h.must(h.prune(gone.nrs...))
	h.both(func() {
		h.same("due after it", []int64(nil), h.due())
		for _, nr := range gone.nrs {
			if _, err := h.Record(h.ctx, nr); !errors.Is(err, audit.ErrPruned) {
				t.Errorf("record %d: %v", nr, err)
			}
			if _, err := h.log.Receipt(h.ctx, nr); !errors.Is(err, audit.ErrPruned) {
				t.Errorf("receipt of %d: %v", nr, err)
			}
			for oin, want := range map[string]bool{string(school): true, string(police): true, "nobody": false} {
				if got, err := h.Pruned(h.ctx, oin, nr); err != nil || got != want {
					t.Errorf("%d was pruned for %s: %v, %v", nr, oin, got, err)
				}
			}
		}
		h.absent(gone)
		got, err := h.Message(h.ctx, young.message.ID)
		h.must(err)
		h.same("the younger message", young.message, got)
		inCase, err := h.Case(h.ctx, id)
		h.must(err)
		h.same("the case", []relay.Stored{young.message}, inCase)
		for _, nr := range young.nrs {
			_, err := h.Record(h.ctx, nr)
			h.must(err)
			if pruned, err := h.Pruned(h.ctx, string(school), nr); err != nil || pruned {
				t.Errorf("%d was pruned: %v, %v", nr, pruned, err)
			}
		}
	})
	if err := h.prune(gone.nrs...); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("pruned twice: %v", err)
	}
}

// absent looks for a message that was pruned everywhere where it could be found.
func (h *house) absent(gone old) {
	h.t.Helper()
	if _, err := h.Message(h.ctx, gone.message.ID); !errors.Is(err, relay.ErrNotFound) {
		h.t.Errorf("the message is still there: %v", err)
	}
	if _, err := h.RecordOf(h.ctx, tlog.Received, gone.message.Confirmed[0]); !errors.Is(err, audit.ErrNotFound) {
		h.t.Errorf("a record is still found by what was signed: %v", err)
	}
	reviews, err := h.ReviewsOf(h.ctx, gone.message.ID)
	h.must(err)
	h.same("reviews", []relay.Review(nil), reviews)
	for _, q := range []audit.Query{
		{Party: string(school)}, {Party: string(school), Case: gone.message.Case}, {Party: string(school), Reason: "een-reden"},
		{Party: string(police), Participant: audit.Participant(string(school), "vc-1")}, {Party: string(police), Kind: tlog.Received},
	} {
		q.Limit = 1000
		found, err := h.Search(h.ctx, q)
		h.must(err)
		for _, canonical := range found {
			if r, err := tlog.ParseRecord(canonical); err != nil || slices.Contains(gone.nrs, r.Nr) {
				h.t.Errorf("record %d is still found: %v", r.Nr, err)
			}
		}
	}
	under, err := h.DecisionsUnder(h.ctx, "a", 0, 1000)
	h.must(err)
	for _, canonical := range under {
		if r, err := tlog.ParseRecord(canonical); err != nil || slices.Contains(gone.nrs, r.Nr) {
			h.t.Errorf("decision %d is still found: %v", r.Nr, err)
		}
	}
}

// notDueStays: a record whose term goes on, or that has none, stays, whatever the gateway asks; and one of them keeps the others.
func notDueStays(t *testing.T, h *house) {
	var dueNow, longer, forGood old
	h.inThePast(func() {
		dueNow, longer, forGood = h.deliver(fiveYear, uuid.NewString()), h.deliver("P7Y", uuid.NewString()), h.deliver("", uuid.NewString())
	})
	young := h.deliver("P1D", uuid.NewString())
	h.same("due", dueNow.nrs, h.due())
	later, err := h.Due(h.ctx, time.Now().AddDate(20, 0, 0), 1000)
	h.must(err)
	if len(later) != len(dueNow.nrs)+len(longer.nrs)+len(young.nrs) {
		t.Errorf("%d are due in 20 years", len(later))
	}
	h.unchanged("pruning what may not go", func() error {
		for name, nrs := range map[string][]int64{
			"a longer term": longer.nrs[:1], "for good": forGood.nrs[:1], "young": young.nrs[:1], "what never was": {1 << 40},
			"one of many": append(slices.Clone(dueNow.nrs), young.nrs[0]), "one twice": {dueNow.nrs[0], dueNow.nrs[0]},
		} {
			if err := h.prune(nrs...); !errors.Is(err, audit.ErrConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return audit.ErrConflict
	})
	h.both(func() {
		for _, o := range []old{dueNow, longer, forGood, young} {
			got, err := h.Message(h.ctx, o.message.ID)
			h.must(err)
			h.same("message", o.message, got)
		}
	})
}

// onItsWayStays: what nobody received yet is never pruned, and neither is what was pruned already in part.
func onItsWayStays(t *testing.T, h *house) {
	var offered old
	h.inThePast(func() { offered = h.offer(fiveYear, uuid.NewString()) })
	h.same("due", []int64(nil), h.due())
	if err := h.prune(offered.nrs...); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("pruned on its way: %v", err)
	}
	for _, to := range offered.message.Recipients {
		h.must(h.keep(tlog.Lapsed, relay.LapseWrite{Message: offered.message.ID, Party: to.Party, Function: to.Function, From: to.Status}))
	}
	h.same("due while its ciphertext is there", []int64(nil), h.due())
	if err := h.prune(offered.nrs...); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("pruned with its ciphertext: %v", err)
	}
	h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: offered.message.ID, Part: relay.PayloadPart}))
	h.same("due", offered.nrs, h.due())
	h.must(h.prune(offered.nrs[0]))
	h.same("due after a part", offered.nrs[1:], h.due())
	h.must(h.prune(offered.nrs[1:]...))
}

// underReviewStays: while the term of one review goes on, also of a party that only received it, nothing of the message goes.
func underReviewStays(t *testing.T, h *house) {
	var o old
	due := now().Add(time.Hour)
	h.inThePast(func() {
		o = h.deliver(fiveYear, uuid.NewString())
		o.add(h.commit(audit.Change{Keep: fiveYear, Records: []tlog.Record{o.record(tlog.Review, nil)},
			Writes: []audit.Write{relay.ReviewWrite{Message: o.message.ID, Party: police, Cause: relay.CauseUndeclared, Due: due}}}))
	})
	h.same("due", []int64(nil), h.due())
	for _, nr := range o.nrs {
		if err := h.prune(nr); !errors.Is(err, audit.ErrConflict) {
			t.Errorf("pruned %d under a review: %v", nr, err)
		}
	}
	after, err := h.Due(h.ctx, due.Add(time.Second), 1000)
	h.must(err)
	if len(after) != len(o.nrs) {
		t.Errorf("%d of %d are due after the term of the review", len(after), len(o.nrs))
	}
}
