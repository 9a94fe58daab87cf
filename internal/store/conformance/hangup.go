package conformance

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// hangingUp: callers who go away at any moment leave the store as it is for everybody else. A statement that was broken off must not leave
// behind a connection that goes on seeing the log as it was, or a lock: a log that looks shorter than what was shown is taken for one that lost
// its end. SLUIS_SECONDS is how long (default: one).
func hangingUp(t *testing.T, h *house) {
	length := time.Second
	if text := os.Getenv("SLUIS_SECONDS"); text != "" {
		seconds, err := strconv.Atoi(text)
		h.must(err)
		length = time.Duration(seconds) * time.Second
	}
	h.send(letter())
	var done, broken atomic.Int64
	kept := make(chan string, 1<<20)
	calls := map[string]func(context.Context) error{
		"commit": func(ctx context.Context) error {
			m := letter()
			_, err := h.log.Commit(ctx, accepted(m, []byte("ciphertext of "+m.ID)))
			if err == nil {
				kept <- m.ID
			}
			return err
		},
		"erase": func(ctx context.Context) error { // which wakes who empties a journal
			select {
			case id := <-kept:
				return h.keep(tlog.Erased, relay.EraseWrite{Message: id, Part: relay.PayloadPart})
			case <-ctx.Done():
				return ctx.Err()
			}
		},
		"checkpoint": func(ctx context.Context) error { _, err := h.log.Checkpoint(ctx); return err },
		"latest":     func(ctx context.Context) error { _, err := h.log.Latest(ctx, 0); return err },
		"receipt":    func(ctx context.Context) error { _, err := h.log.Receipt(ctx, 1); return err },
		"tile":       func(ctx context.Context) error { _, err := h.log.Tile(ctx, "tile/0/000.p/1"); return err },
		"search": func(ctx context.Context) error {
			_, err := h.Search(ctx, audit.Query{Party: string(school), Limit: 50})
			return err
		},
		"list": func(ctx context.Context) error {
			_, _, err := h.Messages(ctx, relay.Query{Party: school, Limit: 50})
			return err
		},
		"known":   func(ctx context.Context) error { _, err := h.Known(ctx, "m", "c"); return err },
		"healthy": h.log.Healthy,
	}
	var callers sync.WaitGroup
	end := time.Now().Add(length)
	enough := func() bool { return done.Load() >= 100 && broken.Load() >= 20 }
	goOn := func() bool { // on a slow machine it takes longer until it shows anything
		return time.Now().Before(end) || !enough() && time.Now().Before(end.Add(2*time.Minute))
	}
	for name, call := range calls {
		for range 2 {
			callers.Go(func() {
				for goOn() && !t.Failed() {
					ctx, stop := context.WithCancel(h.ctx)
					if rand.IntN(2) == 0 {
						time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, stop)
					}
					switch err := call(ctx); {
					case err == nil:
						done.Add(1)
					case ctx.Err() == nil, errors.Is(err, audit.ErrLost), errors.Is(err, audit.ErrTree), h.log.Lost():
						t.Errorf("%s: %v", name, err)
					default:
						broken.Add(1)
					}
					stop()
				}
			})
		}
	}
	callers.Wait()
	h.both(func() { h.must(h.log.Healthy(h.ctx)) })
	if !enough() {
		t.Errorf("%d calls went well and %d were broken off: this shows little", done.Load(), broken.Load())
	}
	t.Logf("%d calls went well, %d were broken off", done.Load(), broken.Load())
}
