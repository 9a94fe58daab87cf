package audit

import (
	"sync"
	"time"
)

const (
	// maxLeap is how far the clock on the wall may run ahead of the time that passed, from one look to the next.
	maxLeap = 5 * time.Minute
	// leapTerm is how long a leap is not believed. A wrong time server is noticed within it; a machine that slept goes on after it.
	leapTerm = 10 * time.Minute
)

// leap notices that the clock on the wall was set ahead, by comparing it with the one that only goes on. A clock that leaps would end
// every term at once: messages that nobody has read lapse and are erased, which nothing brings back, and the log could not go on
// when the clock is put right. So the log stands still until the leap is undone, or has stayed for [leapTerm].
//
// What happened while no process ran it cannot know. A clock that falls back is not its business: see [ErrClock].
type leap struct {
	mu      sync.Mutex
	began   time.Time     // the first look: what passed is counted from it
	wall    time.Time     // the last look that was believed
	passed  time.Duration // at that look
	noticed time.Duration // when the leap was noticed
	leapt   bool
}

// look gives [ErrLeap] while the clock is not believed. passed is how long the machine has been counting; nil: as the times
// themselves say, which hold both clocks when they come from [time.Now].
func (l *leap) look(now time.Time, passed func() time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.began.IsZero() {
		l.began, l.wall = now, now.Round(0)
	}
	count := now.Sub(l.began)
	if passed != nil {
		count = passed()
	}
	if ahead := now.Round(0).Sub(l.wall) - (count - l.passed); ahead > maxLeap {
		if !l.leapt {
			l.noticed, l.leapt = count, true
		}
		if count-l.noticed < leapTerm {
			return ErrLeap
		}
	}
	l.wall, l.passed, l.leapt = now.Round(0), count, false
	return nil
}
