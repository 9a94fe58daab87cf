package conformance

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// hold commits a hold, and gives it as it should read back.
func (h *house) hold(caseID string, of party.OIN, why relay.HoldReason) (relay.Hold, error) {
	h.t.Helper()
	done, err := h.log.Commit(h.ctx, audit.Change{Records: []tlog.Record{{Kind: tlog.Consulted}, {Kind: tlog.Held, Case: &caseID}},
		Writes: []audit.Write{relay.HoldWrite{Case: caseID, Party: of, Reason: why, RecordIndex: 1}}})
	if err != nil {
		return relay.Hold{}, err
	}
	since, err := time.Parse(tlog.TimeLayout, done.Records[1].Time)
	h.must(err)
	return relay.Hold{Nr: done.Records[1].Nr, Case: caseID, Party: of, Reason: why, Since: since}, nil
}

func (h *house) release(caseID string, of party.OIN, why relay.HoldReason) error {
	return h.keep(tlog.Released, relay.ReleaseWrite{Case: caseID, Party: of, Reason: why})
}

// heldStays: nothing of a case goes while one party holds it for one reason.
func heldStays(t *testing.T, h *house) {
	held, free := uuid.NewString(), uuid.NewString()
	var stays, goes old
	h.inThePast(func() { stays, goes = h.deliver(fiveYear, held), h.deliver(fiveYear, free) })
	for _, of := range []party.OIN{school, police} {
		for _, why := range []relay.HoldReason{relay.Objection, relay.Complaint} {
			_, err := h.hold(held, of, why)
			h.must(err)
		}
	}
	refused := func() {
		t.Helper()
		h.same("due", goes.nrs, h.due())
		for _, nr := range stays.nrs {
			if err := h.prune(nr); !errors.Is(err, audit.ErrConflict) {
				t.Errorf("pruned %d of a case that is held: %v", nr, err)
			}
		}
	}
	h.both(refused)
	h.must(h.release(held, school, relay.Objection))
	h.must(h.release(held, police, relay.Objection))
	h.must(h.release(held, school, relay.Complaint))
	h.both(refused)
	got, err := h.Message(h.ctx, stays.message.ID)
	h.must(err)
	h.same("message", stays.message, got)
	h.must(h.release(held, police, relay.Complaint))
	h.must(h.prune(append(h.due(), []int64{}...)...))
	h.both(func() { h.absent(stays); h.absent(goes) })
}

func holdsReadBack(t *testing.T, h *house) {
	one, other := uuid.NewString(), uuid.NewString()
	var want []relay.Hold
	for _, set := range []struct {
		id  string
		of  party.OIN
		why relay.HoldReason
	}{{one, school, relay.Objection}, {one, police, relay.Objection}, {other, school, relay.Inquiry}, {one, school, relay.AccessRequest}} {
		hold, err := h.hold(set.id, set.of, set.why)
		h.must(err)
		if set.of == school {
			want = append(want, hold)
		}
	}
	if _, err := h.hold(one, school, relay.Objection); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("held twice: %v", err)
	}
	holds := func(id string, after int64, limit int, want []relay.Hold) {
		t.Helper()
		got, err := h.Holds(h.ctx, school, id, after, limit)
		h.must(err)
		h.same("holds", want, got)
	}
	h.both(func() {
		holds("", -1, 10, want)
		holds("", -1, 2, want[:2])
		holds("", want[0].Nr, 10, want[1:])
		holds(one, -1, 10, []relay.Hold{want[0], want[2]})
		holds(uuid.NewString(), -1, 10, nil)
	})
	for name, err := range map[string]error{
		"another reason": h.release(other, school, relay.Objection), "another party": h.release(other, police, relay.Inquiry),
		"another case": h.release(uuid.NewString(), school, relay.Inquiry),
	} {
		if !errors.Is(err, audit.ErrConflict) {
			t.Errorf("released a hold of %s: %v", name, err)
		}
	}
	h.must(h.release(one, school, relay.Objection))
	h.both(func() { holds("", -1, 10, want[1:]) })
	again, err := h.hold(one, school, relay.Objection)
	h.must(err)
	h.both(func() { holds("", -1, 10, append(want[1:], again)) })
}

// proofsOutlive: after pruning any records, what proved a record proves it still, and a new proof does so too, for who kept the record.
func proofsOutlive(t *testing.T, h *house) {
	var receipts []tlog.Receipt
	keep := func(done audit.Committed) { receipts = append(receipts, h.receipts(done)...) }
	h.inThePast(func() {
		for n := 1; n <= 9; n++ {
			keep(h.commit(audit.Change{Records: records(n), Keep: fiveYear}))
		}
	})
	keep(h.commit(audit.Change{Records: records(3), Keep: fiveYear}))
	for round := range 4 {
		gone := map[int64]bool{}
		if round > 0 {
			due := h.due()
			rand.Shuffle(len(due), func(i, j int) { due[i], due[j] = due[j], due[i] })
			h.must(h.prune(due[:min(len(due), 15)]...))
			for nr := range receipts {
				if _, err := h.Record(h.ctx, int64(nr)); errors.Is(err, audit.ErrPruned) {
					gone[int64(nr)] = true
				}
			}
			if len(gone) != min(15*round, 45) {
				t.Fatalf("%d were pruned after round %d", len(gone), round)
			}
		}
		for nr, old := range receipts {
			_, err := tlog.VerifyReceipt(old, origin, h.verifier)
			h.must(err)
			latest, err := h.log.Latest(h.ctx, int64(nr))
			h.must(err)
			if (latest.Record == nil) != gone[int64(nr)] {
				t.Errorf("record %d: pruned %v, given %v", nr, gone[int64(nr)], latest.Record != nil)
			}
			_, err = tlog.VerifyReceipt(tlog.Receipt{Record: old.Record, Proof: latest.Proof}, origin, h.verifier)
			h.must(err)
		}
		h.reopen() // which checks the tree against its checkpoint
	}
}

// listsGoOn: a page is full as long as there is more, also when everything in between went.
func listsGoOn(t *testing.T, h *house) {
	var want []string
	var first audit.Committed
	record := func(keep string, n int) audit.Change {
		c := audit.Change{Keep: keep}
		for range n {
			c.Records = append(c.Records, tlog.Record{Kind: tlog.Decided, Sender: &tlog.Actor{Party: "A"}, Convenant: &tlog.ConvenantRef{ID: "a"}})
		}
		return c
	}
	h.inThePast(func() {
		first = h.commit(record("", 3))
		h.commit(record(fiveYear, 40))
	})
	last := h.commit(record(fiveYear, 3))
	want = append(h.canonical(first.Records), h.canonical(last.Records)...)
	h.must(h.prune(h.due()...))
	h.both(func() {
		for name, page := range map[string]func(before int64) ([][]byte, error){
			"search": func(before int64) ([][]byte, error) {
				return h.Search(h.ctx, audit.Query{Party: "A", Before: before, Limit: 2})
			},
			"search by kind": func(before int64) ([][]byte, error) {
				return h.Search(h.ctx, audit.Query{Party: "A", Kind: tlog.Decided, Before: before, Limit: 2})
			},
			"decisions": func(before int64) ([][]byte, error) { return h.DecisionsUnder(h.ctx, "a", before, 2) },
		} {
			var got []string
			for before := int64(0); ; {
				list, err := page(before)
				h.must(err)
				for _, canonical := range list {
					r, err := tlog.ParseRecord(canonical)
					h.must(err)
					got, before = append([]string{string(canonical)}, got...), r.Nr
				}
				if len(list) < 2 || before == 0 {
					break
				}
			}
			h.same(name, want, got)
		}
	})
}
