package gateway

import (
	"context"
	"time"
)

// beat is how often the clockwork looks: terms are counted in hours, so a minute late is on time.
const beat = time.Minute

// keepGoing starts what must happen without anybody asking: messages lapse at the end of their term and day keys are destroyed
// (promise 3, "Sluis forgets"), the ids of expired tokens are dropped, and trouble is noticed.
func (g *Gateway) keepGoing(ctx context.Context) {
	g.every(ctx, "sweeping what is past its term", g.relay.Sweep)
	g.every(ctx, "forgetting expired tokens", g.auth.Forget)
	g.every(ctx, "checking health", func(ctx context.Context) error { return unhealthy(g.health(ctx)) })
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
