package audit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func TestCommitGivesWhatIsInTheLog(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	ctx := audit.WithTrace(t.Context(), strings.Repeat("ab", 16), strings.Repeat("cd", 8))
	c := card("a")
	c.Records = append(c.Records, tlog.Record{Kind: tlog.Consulted, TraceID: strings.Repeat("ef", 16), SpanID: strings.Repeat("01", 8)})
	done, err := s.Commit(ctx, c)
	h.must(err)
	for i, r := range done.Records {
		if r.Nr != int64(i) || r.Time != "2026-11-21T10:00:00.000Z" || len(r.Salt) != 43 {
			t.Errorf("record %d: %+v", i, r)
		}
		receipt, err := done.Receipt(i)
		h.must(err)
		proven, err := tlog.VerifyReceipt(receipt, origin, h.verifier)
		h.must(err)
		if proven.Salt != r.Salt {
			t.Error("the receipt is of another record")
		}
	}
	if done.Records[0].TraceID != strings.Repeat("ab", 16) || done.Records[1].TraceID != strings.Repeat("ef", 16) {
		t.Error("the ids of the call are not in the records")
	}
	if done.Records[0].Salt == done.Records[1].Salt {
		t.Error("two records with the same salt")
	}
	if c.Records[0].Salt != "" {
		t.Error("the caller's change was written into")
	}
	if h.sound() != 2 {
		t.Error("the trail has another number of records")
	}
}

func TestOneConflictDoesNotSpoilABatch(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	mine := errors.New("mine")
	var changes []audit.Change
	for i := range 40 {
		c := card(fmt.Sprint(i % 30)) // ten of them twice
		switch {
		case i == 5:
			c.Guard = func(int64) error { return mine }
		case i == 6:
			c.Guard = func(int64) error { panic("broken") }
		case i == 7:
			c.Records[0].Facts = []byte(`{"long":"` + strings.Repeat("x", tlog.MaxRecord) + `"}`)
		case i == 8:
			c.Records[0].TraceID = "not hexadecimal"
		}
		changes = append(changes, c)
	}
	done, errs := all(s, changes...)
	kept := int64(0)
	for i, err := range errs {
		if err == nil {
			kept++
			receipt, err := done[i].Receipt(0)
			h.must(err)
			_, err = tlog.VerifyReceipt(receipt, origin, h.verifier)
			h.must(err)
		}
	}
	if !errors.Is(errs[5], mine) || errs[6] == nil || !errors.Is(errs[7], tlog.ErrTooLong) || !errors.Is(errs[8], tlog.ErrRecord) {
		t.Errorf("%v; %v; %v; %v", errs[5], errs[6], errs[7], errs[8])
	}
	for i := range 10 {
		if i < 5 || i == 9 {
			if a, b := errs[i], errs[i+30]; (a == nil) == (b == nil) || !errors.Is(errors.Join(a, b), audit.ErrConflict) {
				t.Errorf("twice the same: %v and %v", a, b)
			}
		}
	}
	if h.sound() != kept {
		t.Errorf("%d were told, and the trail has another number", kept)
	}
	if _, err := s.Commit(t.Context(), audit.Change{}); !errors.Is(err, audit.ErrNoRecord) {
		t.Errorf("a change without a record: %v", err)
	}
}

func TestTheClock(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	commit := func(id string) (string, error) {
		done, err := s.Commit(t.Context(), card(id))
		if err != nil {
			return "", err
		}
		return done.Records[0].Time, nil
	}
	first, err := commit("a")
	h.must(err)
	h.clock.add(-2 * time.Second) // a step of NTP: time stands still, and does not go back
	second, err := commit("b")
	h.must(err)
	if second != first {
		t.Errorf("%s after %s", second, first)
	}
	h.clock.add(-time.Millisecond)
	if _, err := commit("c"); !errors.Is(err, audit.ErrClock) {
		t.Errorf("a clock that is behind: %v", err)
	}
	if err := s.Healthy(t.Context()); !errors.Is(err, audit.ErrClock) {
		t.Errorf("health: %v", err)
	}
	h.clock.add(10 * time.Second)
	h.must(s.Healthy(t.Context()))
	_, err = commit("c")
	h.must(err)
	if h.sound() != 3 {
		t.Error("a change with a wrong clock was kept")
	}
}

// slow is a store whose transactions wait until they are let go.
type slow struct {
	audit.Store
	begun chan struct{}
	letGo chan struct{}
	count atomic.Int32
}

func (s *slow) Update(ctx context.Context, fn func(audit.Tx) error) error {
	s.count.Add(1)
	s.begun <- struct{}{}
	<-s.letGo
	return s.Store.Update(ctx, fn)
}

func TestTheQueueIsBoundedAndShared(t *testing.T) {
	h := newHouse(t)
	store := &slow{Store: h.store, begun: make(chan struct{}, 9), letGo: make(chan struct{}, 9)}
	s := h.sequencer(store, func(o *audit.Options) { o.Queue = 4 })
	outcomes := make(chan error, 9)
	send := func(ctx context.Context, id string) {
		go func() {
			_, err := s.Commit(ctx, card(id))
			outcomes <- err
		}()
	}
	send(t.Context(), "first")
	<-store.begun // the writer is busy now

	gone, leave := context.WithCancelCause(t.Context())
	why := errors.New("client went away")
	send(gone, "gone")
	for i := range 3 {
		send(t.Context(), fmt.Sprint(i))
	}
	for s.Waiting() < 4 {
		time.Sleep(time.Millisecond)
	}
	if _, err := s.Commit(t.Context(), card("one too many")); !errors.Is(err, audit.ErrFull) {
		t.Errorf("a full queue: %v", err)
	}
	if err := s.Healthy(t.Context()); !errors.Is(err, audit.ErrFull) {
		t.Errorf("health: %v", err)
	}
	leave(why)
	if err := <-outcomes; !errors.Is(err, why) {
		t.Errorf("who went away heard %v", err)
	}
	for range 2 {
		store.letGo <- struct{}{}
	}
	for range 4 {
		h.must(<-outcomes)
	}
	if n := store.count.Load(); n != 2 {
		t.Errorf("%d transactions for two batches", n)
	}
	if h.sound() != 4 {
		t.Error("who went away while waiting is in the log, or another is not")
	}
}

func TestCloseFinishesWhatIsUnderWay(t *testing.T) {
	h := newHouse(t)
	store := &slow{Store: h.store, begun: make(chan struct{}, 9), letGo: make(chan struct{}, 9)}
	s := h.sequencer(store)
	outcome := make(chan error)
	go func() {
		_, err := s.Commit(t.Context(), card("a"))
		outcome <- err
	}()
	<-store.begun
	go func() {
		time.Sleep(20 * time.Millisecond)
		store.letGo <- struct{}{}
	}()
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	h.must(<-outcome)
	h.must(<-closed)
	h.must(s.Close())
	if _, err := s.Commit(t.Context(), card("b")); !errors.Is(err, audit.ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
	if err := s.Healthy(t.Context()); !errors.Is(err, audit.ErrClosed) {
		t.Errorf("health: %v", err)
	}
}

func TestALogThatIsNotOursIsNotContinued(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	_, err := s.Commit(t.Context(), card("a"))
	h.must(err)
	before, err := h.store.Head(t.Context())
	h.must(err)

	other := newHouse(t)
	for what, change := range map[string]func(*audit.Options){
		"another key":    func(o *audit.Options) { o.Signer = other.signer },
		"another origin": func(o *audit.Options) { o.Origin = "elders.example/log" },
	} {
		o := audit.Options{Origin: origin, Signer: h.signer}
		change(&o)
		if _, err := audit.NewSequencer(t.Context(), h.store, o); err == nil {
			t.Errorf("%s: continued", what)
		}
	}
	// Somebody else moves the head while the sequencer runs.
	h.must(h.store.Update(t.Context(), func(tx audit.Tx) error {
		return tx.SetHead(audit.Head{Size: 1, Checkpoint: before.Checkpoint, LastTime: before.LastTime.Add(time.Hour)})
	}))
	if _, err := s.Commit(t.Context(), card("b")); !errors.Is(err, audit.ErrClock) {
		t.Errorf("the head as it is kept counts, and not the one remembered: %v", err)
	}
	h.must(h.store.Update(t.Context(), func(tx audit.Tx) error {
		return tx.SetHead(audit.Head{Size: 2, Checkpoint: []byte("forged"), LastTime: before.LastTime})
	}))
	if _, err := s.Commit(t.Context(), card("b")); err == nil {
		t.Error("a forged head was continued")
	}
}

func TestTilesAndProofsUnderTheNewestCheckpoint(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	c := audit.Change{Records: make([]tlog.Record, 300)}
	for i := range c.Records {
		c.Records[i].Kind = tlog.Consulted
	}
	first, err := s.Commit(t.Context(), c)
	h.must(err)
	_, err = s.Commit(t.Context(), card("a"))
	h.must(err)
	again, err := s.Receipt(t.Context(), 7)
	h.must(err)
	told, err := first.Receipt(7)
	h.must(err)
	if diff := cmp.Diff(told, again); diff != "" {
		t.Error(diff)
	}
	latest, err := s.Latest(t.Context(), 7)
	h.must(err)
	if _, err := tlog.VerifyReceipt(latest, origin, h.verifier); err != nil || latest.Proof == again.Proof {
		t.Errorf("the newest proof: %v", err)
	}
	for path, size := range map[string]int{
		"tile/0/000": 256 * 32, "tile/0/001.p/45": 45 * 32, "tile/0/001.p/1": 32, "tile/1/000.p/1": 32,
		"tile/0/001": 0, "tile/0/001.p/46": 0, "tile/1/000": 0, "tile/2/000.p/1": 0, "tile/63/000": 0, "tile/entries/000": 0,
		"tile/0/x999/x999/999": 0, "tile/8/0/000": 0, "": 0, "checkpoint": 0, "tile/0/-01": 0,
	} {
		data, err := s.Tile(t.Context(), path)
		if len(data) != size || size == 0 && !errors.Is(err, audit.ErrNotFound) || size > 0 && err != nil {
			t.Errorf("%q: %d bytes, %v", path, len(data), err)
		}
	}
	for _, nr := range []int64{-1, 301, 1 << 62} {
		_, err1 := s.Receipt(t.Context(), nr)
		_, err2 := s.Latest(t.Context(), nr)
		if !errors.Is(err1, audit.ErrNotFound) || !errors.Is(err2, audit.ErrNotFound) {
			t.Errorf("record %d: %v, %v", nr, err1, err2)
		}
	}
}
