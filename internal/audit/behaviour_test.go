package audit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// "A denied attempt is visible to the sender's party only" (WIRE, "Trail").
func TestWhoMayReadARecord(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	decision := func(word *string, to string) tlog.Record {
		return tlog.Record{Kind: tlog.Decided, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: to}}, Decision: word}
	}
	yes, no := ptr(audit.Allowed), ptr("geweigerd")
	for _, records := range [][]tlog.Record{
		{decision(yes, "B"), decision(yes, "C")}, // 0, 1: sent to both
		{decision(yes, "B"), decision(no, "C")},  // 2, 3: sent to nobody
		{decision(nil, "B")},                     // 4: no decision is no permission
		{{Kind: tlog.Fetched, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}, {Party: "B"}, {}}}}, // 5
		{{Kind: tlog.Refused}}, // 6
	} {
		_, err := s.Commit(t.Context(), audit.Change{Records: records})
		h.must(err)
	}
	for party, want := range map[string][]int64{"A": {5, 4, 3, 2, 1, 0}, "B": {5, 0}, "C": {1}, "": nil} {
		found, err := h.store.Search(t.Context(), audit.Query{Party: party, Limit: 10})
		h.must(err)
		var got []int64
		for _, canonical := range found {
			r, err := tlog.ParseRecord(canonical)
			h.must(err)
			got = append(got, r.Nr)
		}
		if len(got) != len(want) {
			t.Errorf("%q reads %v, want %v", party, got, want)
		}
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Errorf("%q reads %v, want %v", party, got, want)
			}
		}
	}
	h.sound()
}

// Who comes back from a batch of two waits for the other; who was alone waits for nobody.
func TestCompanyIsWaitedFor(t *testing.T) {
	h := newHouse(t)
	store := &slow{Store: h.store, begun: make(chan struct{}, 9), letGo: make(chan struct{}, 9)}
	s := h.sequencer(store, func(o *audit.Options) { o.Linger = time.Minute })
	outcomes := make(chan error, 9)
	send := func(id string) {
		go func() {
			_, err := s.Commit(context.Background(), card(id))
			outcomes <- err
		}()
	}
	send("alone")
	<-store.begun // at once, although patience would be a minute
	send("a")
	send("b")
	for s.Waiting() < 2 {
		time.Sleep(time.Millisecond)
	}
	store.letGo <- struct{}{}
	h.must(<-outcomes)
	<-store.begun
	store.letGo <- struct{}{}
	h.must(<-outcomes)
	h.must(<-outcomes)

	send("c")
	select {
	case <-store.begun:
		store.letGo <- struct{}{}
		t.Fatal("it left without the other")
	case <-time.After(50 * time.Millisecond):
	}
	send("d")
	<-store.begun
	store.letGo <- struct{}{}
	h.must(<-outcomes)
	h.must(<-outcomes)
	if n := store.count.Load(); n != 3 {
		t.Errorf("%d transactions", n)
	}
}

// Only a write that reaches the disk is a proof of health: uploads and used tokens are written beside the log, so it may be full before any
// transaction of the log failed.
func TestHealthIsTriedByWriting(t *testing.T) {
	h := newHouse(t)
	store := &faulty{Store: h.store}
	s := h.sequencer(store)
	_, err := s.Commit(t.Context(), card("a"))
	h.must(err)
	fault := func() {
		store.arm(1, false)
		store.only = "set head"
	}
	fault()
	if err := s.Healthy(t.Context()); !errors.Is(err, errFault) {
		t.Errorf("a disk on which nothing of the log failed yet: %v", err)
	}
	fault()
	if _, err := s.Commit(t.Context(), card("b")); !errors.Is(err, errFault) {
		t.Fatal(err)
	}
	fault()
	if err := s.Healthy(t.Context()); !errors.Is(err, errFault) {
		t.Errorf("a disk that still fails: %v", err)
	}
	h.must(s.Healthy(t.Context()))
	if h.sound() != 1 {
		t.Error("looking after health changed the log")
	}
}

// A receipt is never given out that the kept log does not bear out.
func TestReceiptsOfADamagedLog(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	for _, id := range []string{"a", "b", "c"} {
		_, err := s.Commit(t.Context(), card(id))
		h.must(err)
	}
	damaged := &lying{Store: h.store}
	other := h.sequencer(damaged)
	damaged.lie = true
	_, err1 := other.Receipt(t.Context(), 1)
	_, err2 := other.Latest(t.Context(), 1)
	if !errors.Is(err1, audit.ErrTree) || !errors.Is(err2, audit.ErrTree) {
		t.Errorf("%v; %v", err1, err2)
	}
}

// lying is a store that gives other hashes than were kept.
type lying struct {
	audit.Store
	lie bool
}

func (l *lying) Hashes(ctx context.Context, ix []int64) ([]tlog.Hash, error) {
	hashes, err := l.Store.Hashes(ctx, ix)
	if l.lie && err == nil {
		hashes[0][7] ^= 1
	}
	return hashes, err
}
