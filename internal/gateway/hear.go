package gateway

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// lookAgain is how often a gateway looks whether others changed something, when nobody told: what a lost word costs at most.
const lookAgain = 3 * time.Second

// watcher is a store that other processes write to as well, and which tells when they do. Their word is a reason to look and no more: what
// they committed is there before they say so, and who waits took his place before he looked.
type watcher interface {
	Watch(ctx context.Context, heard func(audit.Heard)) error
}

// hearOthers wakes who waits here for what another gateway took in, and brings in what another one changed. A store of one process has no
// others.
func (g *Gateway) hearOthers(ctx context.Context) {
	w, ok := g.store.(watcher)
	if !ok {
		return
	}
	changed := make(chan struct{}, 1)
	g.running.Go(func() {
		err := w.Watch(ctx, func(h audit.Heard) { g.heard(h, changed) })
		if ctx.Err() == nil {
			g.logger.Error("clockwork", "job", "hearing the other gateways", "error", errors.Join(err, errDeaf).Error())
		}
	})
	g.running.Go(func() { g.bringIn(ctx, changed) })
}

var errDeaf = errors.New("from now on it only looks every few seconds")

// heard only wakes: whoever tells does not wait.
func (g *Gateway) heard(h audit.Heard, changed chan<- struct{}) {
	if h.All {
		g.hub.WakeAll()
	}
	for _, oin := range h.Parties {
		g.hub.Wake(oin)
	}
	if h.All || h.Registry {
		select {
		case changed <- struct{}{}:
		default: // it is about to look
		}
	}
}

// bringIn brings in what others changed, when told and every few seconds. That the store cannot be read is told once, and once more when it
// can.
func (g *Gateway) bringIn(ctx context.Context, changed <-chan struct{}) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	var before []byte
	failing := false
	for {
		select {
		case <-changed:
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		seen, err := g.lookAround(ctx, before)
		before = seen
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !failing:
			g.logger.Error("clockwork", "job", "bringing in what other gateways changed", "error", err.Error())
		case err == nil && failing:
			g.logger.Info("clockwork", "job", "bringing in what other gateways changed", "again", true)
		}
		failing = err != nil
	}
}

// lookAround wakes everybody when the log grew since the last time, which costs each of them a look; and catches up. It asks the log and
// not the store: what another gateway showed then binds this one too, so that one which nobody called for hours does not go on from an older copy.
func (g *Gateway) lookAround(ctx context.Context, before []byte) (now []byte, err error) {
	now, err = g.log.Checkpoint(ctx)
	if err != nil {
		return before, err
	}
	if !bytes.Equal(now, before) {
		g.hub.WakeAll()
	}
	return now, g.registry.CatchUp(ctx)
}
