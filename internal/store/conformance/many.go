package conformance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// manySlices is how many parts of the same size the appending is measured in; manyWriters is how many append at the same time.
const manySlices, manyWriters = 10, 256

// Many fills a log as a gateway does, through the sequencer, and measures what must not depend on how long the log is: appending, proving,
// searching. SLUIS_RECORDS is how many records; from a million on, the rate of appending is judged too.
func Many(t *testing.T, open Open, records int) {
	if text := os.Getenv("SLUIS_RECORDS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1000 {
			t.Fatal("SLUIS_RECORDS must be a number from 1000 on")
		}
		records = n
	}
	h := newHouse(t, open)
	rates := h.fill(records)
	head, err := h.Head(h.ctx)
	h.must(err)
	last, err := h.Record(h.ctx, head.Size-1)
	h.must(err)
	t.Logf("%d records of about %d bytes", head.Size, len(last))
	t.Logf("appended per second, in %d parts: %s", manySlices, strings.Trim(fmt.Sprintf("%.0f", rates), "[]"))
	if first, end := rates[0], rates[len(rates)-1]; records >= 1e6 && end < 0.8*first {
		t.Errorf("at the end it appends %.0f records a second, and at the start %.0f", end, first)
	}
	proving := h.measure(200, func(i int) {
		_, err := h.log.Latest(h.ctx, rand.Int64N(head.Size))
		h.must(err)
	})
	t.Logf("an inclusion proof: %v (half of them), %v (99 of 100)", proving[100], proving[198])
	if proving[100] > 5*time.Millisecond {
		t.Errorf("an inclusion proof takes %v", proving[100])
	}
	h.searchMany(head)
}

// fill appends until there are so many records, and gives the rate in each slice.
func (h *house) fill(records int) []float64 {
	h.t.Helper()
	ctx, cancel := context.WithCancelCause(h.ctx)
	defer cancel(nil)
	var next, done atomic.Int64
	var group sync.WaitGroup
	began := time.Now()
	var mu sync.Mutex
	var reached []time.Duration
	for range manyWriters {
		group.Go(func() {
			for ctx.Err() == nil && done.Load() < int64(records) {
				c, err := h.log.Commit(ctx, region{}.message(int(next.Add(1)-1)))
				if err != nil {
					cancel(err)
					return
				}
				now := done.Add(int64(len(c.Records)))
				mu.Lock()
				if len(reached) < manySlices && now*manySlices >= int64(records*(len(reached)+1)) {
					reached = append(reached, time.Since(began))
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	h.must(context.Cause(ctx))
	var rates []float64
	for i, at := range reached {
		took := at
		if i > 0 {
			took -= reached[i-1]
		}
		rates = append(rates, float64(records)/manySlices/took.Seconds())
	}
	return rates
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
