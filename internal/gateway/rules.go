package gateway

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// deciding gives the rules that decide now, to the relay.
func (g *Gateway) deciding() relay.Decider { return g.rules.Load() }

// prepare makes the rules that a convenant brings itself ready for the engine that decides now.
func (g *Gateway) prepare(c *convenant.Convenant) error { return g.rules.Load().Prepare(c) }

// recordRules keeps, at the start, the rules that decide from now on, with a record in the trail; nothing when they decided already
// when the gateway stopped.
func (g *Gateway) recordRules(ctx context.Context) error {
	return g.bring(ctx, g.rules.Load())
}

// Reload reads the folder of rules again (`policy.dir`). Rules that do not compile, or with which the own rules of a convenant do not
// work, change nothing: the rules that decided go on deciding, and /readyz tells what is wrong until a reload succeeds.
func (g *Gateway) Reload(ctx context.Context) error {
	err := g.reload(ctx)
	if err != nil {
		failed := failedReload{at: g.now(), err: err}
		g.notReloaded.Store(&failed)
		g.logger.Error("rules not reloaded: the old ones stay", "error", err.Error(), "policy", g.rules.Load().Digest())
		return err
	}
	g.notReloaded.Store(nil)
	g.logger.Info("rules reloaded", "policy", g.rules.Load().Digest())
	return nil
}

// failedReload is why the rules that decide are not those in the folder.
type failedReload struct {
	at  time.Time
	err error
}

func (g *Gateway) reload(ctx context.Context) error {
	engine, err := policy.New(ctx, rulesIn(g.config.Policy.Dir), vocabulary.Default())
	if err != nil {
		return fmt.Errorf("preparing the rules: %w", err)
	}
	return g.bring(ctx, engine)
}

// bring lets an engine decide: first its rules are kept, with their record; then it decides, and nothing that other rules decided is
// accepted any more.
func (g *Gateway) bring(ctx context.Context, engine *policy.Engine) error {
	order, err := g.store.RulesInOrder(ctx)
	if err != nil {
		return fmt.Errorf("looking which rules decided: %w", err)
	}
	digest := engine.Digest()
	if len(order) > 0 && order[0] == digest && g.rules.Load().Digest() == digest {
		return nil
	}
	err = g.registry.Change(ctx, registry.Switch{
		Record: tlog.Record{Kind: tlog.PolicyKept, Policy: &digest, JWS: &digest},
		Write:  replay.RulesWrite{Digest: digest, Bundle: engine.Bundle().Canonical()},
		Ready: func(s *registry.Snapshot) error {
			for _, st := range s.Convenants() {
				if err := engine.Prepare(st.Convenant); err != nil {
					return fmt.Errorf("preparing the rules of %s version %d: %w", st.Convenant.ID, st.Convenant.Version, err)
				}
			}
			return nil
		},
		Kept: func(ctx context.Context) (bool, error) {
			order, err := g.store.RulesInOrder(ctx)
			return slices.Index(order, digest) == 0, err
		},
		Put: func() { g.rules.Store(engine); g.notReloaded.Store(nil) },
	})
	if g.rules.Load() == engine {
		return nil // they decide, also when that was in doubt for a moment
	}
	return err
}
