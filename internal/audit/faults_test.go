package audit_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// steps are those of a transaction.
var steps = []string{"begin", "head", "hashes", "savepoint", "apply", "append record", "append hashes", "set head", "commit"}

// TestEveryStepFails lets every step of a transaction fail, done and not done, and checks the whole trail each time: who was told
// is in the log, exactly once, where it was said to be; who was refused is not; and the log goes on.
func TestEveryStepFails(t *testing.T) {
	h := newHouse(t)
	store := &faulty{Store: h.store}
	s := h.sequencer(store)
	told := map[string]int64{} // nr by id
	failed := map[string]int{} // by step
	refused := map[string]bool{}
	doubt := map[string]bool{}

	run := func(id string, arm func()) (fired bool) {
		t.Helper()
		changes := []audit.Change{card(id + "a"), card(id + "b"), card(id + "c")}
		changes[1].Records = append(changes[1].Records, tlog.Record{Kind: tlog.Consulted})
		arm()
		done, errs := all(s, changes...)
		step := store.failed
		store.arm(0, false)
		failed[step]++
		for i, c := range changes {
			id := *c.Records[0].Purpose
			switch {
			case errs[i] == nil:
				told[id] = done[i].Records[0].Nr
				receipt, err := done[i].Receipt(0)
				h.must(err)
				if _, err := tlog.VerifyReceipt(receipt, origin, h.verifier); err != nil {
					t.Errorf("%s: %s: %v", step, id, err)
				}
			case errors.Is(errs[i], audit.ErrInDoubt):
				doubt[id] = true
			case errors.Is(errs[i], errFault):
				refused[id] = true
			default:
				t.Errorf("%s: %s: %v", step, id, errs[i])
			}
		}
		// The log goes on by itself, and with that it is healthy again.
		next, err := s.Commit(t.Context(), card(id+"next"))
		h.must(err)
		told[id+"next"] = next.Records[0].Nr
		h.must(s.Healthy(t.Context()))
		if size := h.sound(); size != next.Records[0].Nr+1 {
			t.Errorf("%s: size %d after record %d", step, size, next.Records[0].Nr)
		}
		return step != ""
	}
	for _, persisted := range []bool{false, true} {
		for n, fired := 1, true; fired; n++ {
			fired = run(fmt.Sprintf("step %d, done %v, ", n, persisted), func() { store.arm(n, persisted) })
		}
		// How changes meet in a batch differs from time to time, and with it which step is the nth: each step by name as well.
		for _, name := range steps {
			run(fmt.Sprintf("step %s, done %v, ", name, persisted), func() { store.armOnly(name, persisted) })
		}
		for n := range 3 {
			run(fmt.Sprintf("blind %d, done %v, ", n, persisted), func() { store.armBlind(persisted) })
		}
	}
	// After a fault the tree is read and verified again, and that may fail too.
	for _, n := range []int{1, 3} {
		store.arm(n, false)
		if _, err := s.Commit(t.Context(), card("again")); !errors.Is(err, errFault) {
			t.Error(err)
		}
		failed[store.failed]++
	}
	store.arm(0, false)
	h.must(s.Healthy(t.Context()))
	for _, step := range steps {
		if failed[step] == 0 {
			t.Errorf("the step %q never failed: %v", step, failed)
		}
	}
	if len(doubt) == 0 || len(refused) == 0 {
		t.Errorf("%d in doubt, %d refused", len(doubt), len(refused))
	}
	compare(t, h, told, refused, doubt)
}

// compare checks that records and writes are those of the changes that were told, and perhaps of those in doubt.
func compare(t *testing.T, h *house, told map[string]int64, refused, doubt map[string]bool) {
	t.Helper()
	head, err := h.store.Head(t.Context())
	h.must(err)
	inLog := map[string]int64{}
	for nr := range head.Size {
		canonical, err := h.store.Record(t.Context(), nr)
		h.must(err)
		r, err := tlog.ParseRecord(canonical)
		h.must(err)
		if r.Purpose == nil {
			continue
		}
		if _, twice := inLog[*r.Purpose]; twice {
			t.Errorf("%s is in the log twice", *r.Purpose)
		}
		inLog[*r.Purpose] = nr
	}
	cards, err := h.store.Cards(t.Context())
	h.must(err)
	kept := map[string]bool{}
	for _, c := range cards {
		kept[c.ID] = true
	}
	for id, nr := range told {
		if at, ok := inLog[id]; !ok || at != nr || !kept[id] {
			t.Errorf("%s was told %d and stands at %d (%v), kept %v", id, nr, at, ok, kept[id])
		}
	}
	for id := range refused {
		if _, ok := inLog[id]; ok || kept[id] {
			t.Errorf("%s was refused; in the log %v, kept %v", id, ok, kept[id])
		}
	}
	for id := range doubt {
		if _, ok := inLog[id]; ok != kept[id] {
			t.Errorf("%s is half there: in the log %v, kept %v", id, ok, kept[id])
		}
	}
	if len(inLog) > len(told)+len(doubt) || len(kept) != len(inLog) {
		t.Errorf("%d in the log, %d kept, %d told, %d in doubt", len(inLog), len(kept), len(told), len(doubt))
	}
}
