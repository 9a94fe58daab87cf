package conformance

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func emptyLog(t *testing.T, h *house) {
	h.both(func() {
		head, err := h.Head(h.ctx)
		h.must(err)
		h.same("head", audit.Head{}, head)
		_, err1 := h.Record(h.ctx, 0)
		_, err2 := h.CheckpointFor(h.ctx, 0)
		_, err3 := h.Hashes(h.ctx, []int64{0})
		_, err4 := h.Record(h.ctx, -1)
		_, err5 := h.CheckpointFor(h.ctx, -1)
		for i, err := range []error{err1, err2, err3, err4, err5} {
			if !errors.Is(err, audit.ErrNotFound) {
				t.Errorf("%d: %v", i, err)
			}
		}
		checkpoint, err := h.log.Checkpoint(h.ctx)
		h.must(err)
		if size, _, err := tlog.VerifyCheckpoint(checkpoint, origin, h.verifier); err != nil || size != 0 {
			t.Errorf("size %d, %v", size, err)
		}
	})
}

// trailReadBack commits batches of all small sizes and reads every record back, proven under the newest checkpoint.
func trailReadBack(t *testing.T, h *house) {
	var want []tlog.Record
	for n := 1; n <= 9; n++ {
		c := audit.Change{}
		for range n {
			c.Records = append(c.Records, tlog.Record{Kind: tlog.Consulted, Purpose: ptr(fmt.Sprint(n))})
		}
		want = append(want, h.commit(c).Records...)
	}
	h.both(func() {
		head, err := h.Head(h.ctx)
		h.must(err)
		if head.Size != int64(len(want)) {
			t.Fatalf("size %d, want %d", head.Size, len(want))
		}
		for nr, record := range want {
			canonical, err := record.Canonical()
			h.must(err)
			got, err := h.Record(h.ctx, int64(nr))
			h.must(err)
			h.same("record", string(canonical), string(got))
			receipt, err := h.log.Latest(h.ctx, int64(nr))
			h.must(err)
			_, err = tlog.VerifyReceipt(receipt, origin, h.verifier)
			h.must(err)
		}
		h.same("last time", want[len(want)-1].Time, head.LastTime.Format(tlog.TimeLayout))
	})
}

func receiptsStay(t *testing.T, h *house) {
	var receipts []tlog.Receipt
	for n := 1; n <= 5; n++ {
		receipts = append(receipts, h.receipts(h.commit(audit.Change{Records: records(n)}))...)
	}
	h.both(func() {
		for nr, want := range receipts {
			got, err := h.log.Receipt(h.ctx, int64(nr))
			h.must(err)
			h.same("receipt", want, got)
			_, err = tlog.VerifyReceipt(got, origin, h.verifier)
			h.must(err)
		}
	})
}

// records gives n records.
func records(n int) []tlog.Record {
	list := make([]tlog.Record, n)
	for i := range list {
		list[i].Kind = tlog.Consulted
	}
	return list
}

func recordsOfParty(t *testing.T, h *house) {
	var want []string
	for range 7 {
		done := h.commit(audit.Change{Records: []tlog.Record{
			{Kind: tlog.Offered, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}, {Party: "A"}}},
			{Kind: tlog.Offered, Sender: &tlog.Actor{Party: "C"}},
		}})
		canonical, err := done.Records[0].Canonical()
		h.must(err)
		want = append([]string{string(canonical)}, want...)
	}
	h.both(func() {
		for _, party := range []string{"A", "B"} {
			var got []string
			before := int64(0)
			for {
				page, err := h.Search(h.ctx, audit.Query{Party: party, Before: before, Limit: 3})
				h.must(err)
				if len(page) == 0 {
					break
				}
				for _, canonical := range page {
					r, err := tlog.ParseRecord(canonical)
					h.must(err)
					before = r.Nr
					got = append(got, string(canonical))
				}
				if before == 0 {
					break
				}
			}
			h.same("records of "+party, want, got)
		}
		none, err := h.Search(h.ctx, audit.Query{Party: "D", Limit: 10})
		h.must(err)
		h.same("records of nobody", [][]byte(nil), none)
	})
}

func recordsByJWS(t *testing.T, h *house) {
	for range 2 {
		h.commit(audit.Change{Records: []tlog.Record{{Kind: tlog.CardKept, JWS: ptr("x.y.z")}, {Kind: tlog.Received, JWS: ptr("a.b.c")}}})
	}
	h.both(func() {
		nr, err := h.RecordOf(h.ctx, tlog.Received, "a.b.c")
		if err != nil || nr != 1 {
			t.Errorf("nr %d, %v", nr, err)
		}
		for kind, jws := range map[tlog.RecordKind]string{tlog.CardKept: "a.b.c", tlog.Received: "a.b.d"} {
			if _, err := h.RecordOf(h.ctx, kind, jws); !errors.Is(err, audit.ErrNotFound) {
				t.Errorf("%s %s: %v", kind, jws, err)
			}
		}
	})
}

// onlyGrows tries to write what is there already.
func onlyGrows(t *testing.T, h *house) {
	done := h.commit(audit.Change{Records: records(3)})
	head, err := h.Head(h.ctx)
	h.must(err)
	hashes, err := h.Hashes(h.ctx, []int64{0})
	h.must(err)
	for name, write := range map[string]func(tx audit.Tx) error{
		"a record again": func(tx audit.Tx) error { return tx.AppendRecord(done.Records[1], []byte("x"), nil, time.Time{}) },
		"a hash again":   func(tx audit.Tx) error { return tx.AppendHashes(0, hashes) },
		"a smaller log": func(tx audit.Tx) error {
			return tx.SetHead(audit.Head{Size: 2, Checkpoint: []byte("x"), LastTime: now()})
		},
		"another checkpoint of the same size": func(tx audit.Tx) error {
			return tx.SetHead(audit.Head{Size: 3, Checkpoint: []byte("x"), LastTime: now()})
		},
	} {
		if err := h.Update(h.ctx, write); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	h.must(h.Update(h.ctx, func(tx audit.Tx) error { return tx.SetHead(head) })) // the same head is allowed
	h.both(func() {
		got, err := h.Head(h.ctx)
		h.must(err)
		h.same("head", head, got)
	})
}
