package api

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestLimiterCountsForEachParty(t *testing.T) {
	now := time.Now()
	l := newLimiter(Limits{PerSecond: 2, Burst: 3}, func() time.Time { return now })
	for i := range 3 {
		if err := l.take("a"); err != nil {
			t.Fatalf("call %d: %v", i, err)
		}
	}
	err := l.take("a")
	var r *refusal
	if !errors.As(err, &r) || r.code != tooMany || r.retryAfter != 1 {
		t.Fatalf("the fourth call: %v", err)
	}
	if err := l.take("b"); err != nil {
		t.Errorf("another party pays for the first: %v", err)
	}
	now = now.Add(500 * time.Millisecond)
	if err := l.take("a"); err != nil {
		t.Errorf("after half a second, at two a second: %v", err)
	}
	if err := l.take("a"); err == nil {
		t.Error("a refused call cost nothing, but gave one too many")
	}
}

func TestLimiterIsBounded(t *testing.T) {
	now := time.Now()
	l := newLimiter(Limits{PerSecond: 1, Burst: 1}, func() time.Time { return now })
	for i := range maxBuckets + 1 {
		if err := l.take(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.take("one more"); err == nil {
		t.Error("strangers who are too many do not share one bucket")
	}
	now = now.Add(idleBucket + time.Second)
	if err := l.take("later"); err != nil || len(l.buckets) != 1 {
		t.Errorf("idle buckets are kept: %d, %v", len(l.buckets), err)
	}
}

// TestDecisionsCostWhatTheyTake: many count for as many calls, and few that take long for the time that they took.
func TestDecisionsCostWhatTheyTake(t *testing.T) {
	for _, tc := range []struct {
		decisions int
		took      time.Duration
		calls     int
	}{{1, time.Millisecond, 0}, {500, 40 * time.Millisecond, 50}, {1, 600 * time.Millisecond, 120}, {6, 3600 * time.Millisecond, 720}} {
		if got := worth(tc.decisions, tc.took); got != tc.calls {
			t.Errorf("%d decisions in %s count for %d calls, not %d", tc.decisions, tc.took, got, tc.calls)
		}
	}
}
