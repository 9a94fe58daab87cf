package conformance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// manySlices is how many parts of the same size the appending is measured in; manyWriters is how many append at the same time. Afterwards
// manyRounds times a little is appended to this log and to a new one, in turn.
const manySlices, manyWriters, manyRounds = 10, 256, 9

// A log of a million records must reach so much of the rate of a new one. A shorter one, which machines of all sorts measure before a change lands,
// is held to less, so that a disk with a bad quarter of an hour is not taken for a log that slows down: that reached 0.60.
const ofAMillion, ofLess = 0.8, 0.7

// Many fills a log as a gateway does, through the sequencer, and measures what must not depend on how long the log is: appending, proving,
// searching. SLUIS_RECORDS is how many records; from 100,000 on, the rate of appending is judged too.
func Many(t *testing.T, open Open, records int) {
	if text := os.Getenv("SLUIS_RECORDS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1000 {
			t.Fatal("SLUIS_RECORDS must be a number from 1000 on")
		}
		records = n
	}
	h := newHouse(t, open)
	var rates []float64
	for range manySlices {
		rates = append(rates, h.fill(records/manySlices))
	}
	head, err := h.Head(h.ctx)
	h.must(err)
	last, err := h.Record(h.ctx, head.Size-1)
	h.must(err)
	t.Logf("%d records of about %d bytes", head.Size, len(last))
	t.Logf("appended per second, in %d parts: %s", manySlices, strings.Trim(fmt.Sprintf("%.0f", rates), "[]"))
	h.besideNew(records)
	proving := h.measure(200, func(i int) {
		_, err := h.log.Latest(h.ctx, rand.Int64N(head.Size))
		h.must(err)
	})
	t.Logf("an inclusion proof: %v (half of them), %v (99 of 100)", proving[100], proving[198])
	judge := records >= 100_000 && h.load() <= 3*float64(runtime.NumCPU()) // below that, the plans are judged elsewhere, and times say nothing
	if judge && proving[100] > 5*time.Millisecond {
		t.Errorf("an inclusion proof takes %v", proving[100])
	}
	h.searchMany(head, judge)
}

// besideNew compares appending to this log with appending to one of a twentieth of its length, at the same moments: the machine may be busier at the end of
// a long run than at its start, and then it is so for both. What is too slow is measured twice more: a moment of somebody else's may fall on one of the
// two, and a log that does slow down does so each time.
func (h *house) besideNew(records int) {
	h.t.Helper()
	fresh := newHouse(h.t, h.open)
	fresh.fill(records / manySlices / 2) // as long as the log was in the middle of its first part
	ratio, least := 0.0, ofLess
	if records >= 1_000_000 {
		least = ofAMillion
	}
	for range 3 {
		if ratio = h.beside(fresh, records/200); ratio >= least {
			return
		}
	}
	if busy := h.load(); busy > 3*float64(runtime.NumCPU()) {
		h.t.Logf("%.0f processes want a processor: too busy a machine to judge this", busy)
	} else if records >= 100_000 {
		h.t.Errorf("a long log takes %.2f times as many records a second as a short one", ratio)
	}
}

// beside appends to a long log and a short one in turn, and gives the part that half of the rounds reached at least.
func (h *house) beside(fresh *house, records int) float64 {
	h.t.Helper()
	var ratios []float64
	var long, short float64
	for round := range manyRounds + 1 {
		l, s := h.fill(records), fresh.fill(records)
		if round > 0 { // the first one fills caches
			ratios, long, short = append(ratios, l/s), long+l/manyRounds, short+s/manyRounds
		}
	}
	slices.Sort(ratios)
	ratio := ratios[manyRounds/2]
	h.t.Logf("appended per second after that: %.0f, and to a short log at the same moments %.0f; half of the rounds reached %.2f of it", long, short, ratio)
	return ratio
}

// load gives how many processes wanted a processor or the disk in the last minute (proc(5), loadavg). When others fill the disk's queue, what
// touches more pages waits longer.
func (h *house) load() (load float64) {
	h.t.Helper()
	text, err := os.ReadFile("/proc/loadavg")
	h.must(err)
	_, err = fmt.Sscan(string(text), &load)
	h.must(err)
	return load
}

// fill appends so many records, and gives how many it appended a second.
func (h *house) fill(records int) float64 {
	h.t.Helper()
	ctx, cancel := context.WithCancelCause(h.ctx)
	defer cancel(nil)
	var done atomic.Int64
	var group sync.WaitGroup
	began := time.Now()
	for range manyWriters {
		group.Go(func() {
			for ctx.Err() == nil && done.Load() < int64(records) {
				c, err := h.log.Commit(ctx, region{}.message(int(h.sent.Add(1)-1)))
				if err != nil {
					cancel(err)
					return
				}
				done.Add(int64(len(c.Records)))
			}
		})
	}
	group.Wait()
	h.must(context.Cause(ctx))
	return float64(done.Load()) / time.Since(began).Seconds()
}

// measure does something n times and gives how long each took, in order.
func (h *house) measure(n int, do func(i int)) []time.Duration {
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		do(i)
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took
}
