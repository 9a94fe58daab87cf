package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// beat is how often the clockwork looks: terms are counted in hours, so a minute late is on time.
const beat = time.Minute

// keepGoing starts what must happen without anybody asking: messages lapse at the end of their term, day keys are destroyed
// and the content of old records goes (promise 3, "Sluis forgets"), the ids of expired tokens are dropped, refused callers are counted in the trail, what
// a disk that failed left open is found out, and trouble is noticed.
func (g *Gateway) keepGoing(ctx context.Context) {
	g.keepShown(ctx)
	g.hearOthers(ctx)
	g.every(ctx, "sweeping what is past its term", g.believing(g.relay.Sweep))
	g.every(ctx, "pruning what is at the end of its term", g.believing(g.relay.Prune))
	g.every(ctx, "forgetting expired tokens", g.believing(g.auth.Forget))
	g.every(ctx, "finding out what is in force", g.registry.CatchUp)
	g.every(ctx, "telling which convenants came in force or ended", g.believing(g.registry.FollowCalendar))
	g.every(ctx, "recording refused calls", g.recordRefused)
	g.every(ctx, "checking health", func(ctx context.Context) error { return unhealthy(g.health(ctx)) })
}

// believing does a job that destroys by the clock only while the log believes the clock: a day key or the id of a used token that
// is gone does not come back when the clock is put right.
func (g *Gateway) believing(job func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := g.log.Healthy(ctx); errors.Is(err, audit.ErrLeap) || errors.Is(err, audit.ErrClock) {
			return err
		}
		return job(ctx)
	}
}

// every runs a job at once (a crash may have left work) and then at every beat. A failure is logged and tried again.
func (g *Gateway) every(ctx context.Context, what string, job func(context.Context) error) {
	g.running.Add(1)
	go func() {
		defer g.running.Done()
		tick := time.NewTicker(beat)
		defer tick.Stop()
		for {
			if err := job(ctx); err != nil && ctx.Err() == nil {
				g.logger.Error("clockwork", "job", what, "error", err.Error())
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
}

// recordRefused puts the number of 401s since the last time in the trail: one record a minute at most, however many strangers
// knock, so that nobody can fill the trail from outside. Each of them stands in the log of the process.
func (g *Gateway) recordRefused(ctx context.Context) error {
	n := g.refused.Swap(0)
	if n == 0 {
		return nil
	}
	_, err := g.log.Commit(ctx, audit.Change{
		Records: []tlog.Record{{Kind: tlog.Refused, Facts: fmt.Appendf(nil, `{"aantal":%d}`, n)}}, Keep: g.config.Log.Retention,
	})
	if err != nil {
		g.refused.Add(n) // the next beat tries again
		return fmt.Errorf("counting %d refused calls: %w", n, err)
	}
	return nil
}
