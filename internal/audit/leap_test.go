package audit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// TestAClockThatLeaps: a step of the clock on the wall is not believed, whoever asks, until it is undone or has stayed.
func TestAClockThatLeaps(t *testing.T) {
	h := newHouse(t)
	var passed time.Duration
	s := h.sequencer(h.store, func(o *audit.Options) { o.Passed = func() time.Duration { return passed } })
	// goes lets both clocks go on, and leaps only the one on the wall.
	goes := func(d time.Duration) { passed += d; h.clock.add(d) }
	leaps := func(d time.Duration) { h.clock.add(d) }
	n := 0
	commits := func(want error) {
		t.Helper()
		n++
		_, err := s.Commit(t.Context(), card(time.Duration(n).String()))
		if !errors.Is(err, want) {
			t.Errorf("commit %d: %v, want %v", n, err, want)
		}
		if err := s.Healthy(t.Context()); !errors.Is(err, want) {
			t.Errorf("healthy after commit %d: %v, want %v", n, err, want)
		}
	}
	commits(nil)
	goes(72 * time.Hour) // nobody wrote for days
	commits(nil)
	leaps(4 * time.Minute) // NTP
	commits(nil)
	leaps(24 * time.Hour)
	commits(audit.ErrLeap)
	goes(9 * time.Minute)
	commits(audit.ErrLeap)
	leaps(-24 * time.Hour) // put right: it goes on where it was
	commits(nil)
	leaps(2 * time.Hour) // the machine slept
	commits(audit.ErrLeap)
	goes(11 * time.Minute)
	commits(nil)
	goes(time.Minute)
	commits(nil)
}

// TestAnotherClockHoldsBoth: without a clock of its own the log takes what passed from the times themselves.
func TestAnotherClockHoldsBoth(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	h.clock.add(72 * time.Hour) // a clock with nothing beside it to compare with
	if _, err := s.Commit(t.Context(), card("later")); err != nil {
		t.Error(err)
	}
}
