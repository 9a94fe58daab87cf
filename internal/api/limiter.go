package api

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound how often one party (or, on open routes, one address) may call. Zero fields take the default.
type Limits struct {
	PerSecond float64 // calls a second that a party can keep up; default 200
	Burst     int     // calls that may come at once; default 1000
}

const (
	defaultPerSecond = 200
	defaultBurst     = 1000
	maxBuckets       = 4096             // so that strangers cannot fill memory
	idleBucket       = 10 * time.Minute // after which a bucket is as good as new
)

// limiter keeps a token bucket for each party, or for each address.
type limiter struct {
	limits  Limits
	now     func() time.Time
	mu      sync.Mutex
	buckets map[string]*bucket
	rest    *rate.Limiter // shared by whoever comes when all buckets are in use
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

func newLimiter(l Limits, now func() time.Time) *limiter {
	if l.PerSecond == 0 {
		l.PerSecond = defaultPerSecond
	}
	if l.Burst == 0 {
		l.Burst = defaultBurst
	}
	return &limiter{limits: l, now: now, buckets: make(map[string]*bucket), rest: rate.NewLimiter(rate.Limit(l.PerSecond), l.Burst)}
}

// take counts one call; it refuses with 429 and says after how many seconds the next one can come.
func (l *limiter) take(who string) error {
	now := l.now()
	reservation := l.bucket(who, now).ReserveN(now, 1)
	if wait := reservation.DelayFrom(now); wait > 0 {
		reservation.CancelAt(now)
		return &refusal{code: tooMany, retryAfter: int(math.Ceil(wait.Seconds())),
			detail: "Uw partij doet meer verzoeken dan hier mag. Probeer het later opnieuw."}
	}
	return nil
}

// charge counts work that turned out to be more than one call; it never refuses, the next call does.
func (l *limiter) charge(who string, calls int) {
	if now := l.now(); calls > 0 {
		l.bucket(who, now).ReserveN(now, min(calls, l.limits.Burst))
	}
}

func (l *limiter) bucket(who string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b, ok := l.buckets[who]; ok {
		b.used = now
		return b.Limiter
	}
	if len(l.buckets) >= maxBuckets {
		for k, b := range l.buckets {
			if now.Sub(b.used) > idleBucket {
				delete(l.buckets, k)
			}
		}
		if len(l.buckets) >= maxBuckets {
			return l.rest
		}
	}
	b := &bucket{rate.NewLimiter(rate.Limit(l.limits.PerSecond), l.limits.Burst), now}
	l.buckets[who] = b
	return b.Limiter
}
