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

// Reload reads the folder of rules again (`policy.dir`) and brings them, at every process that decides by rules of the same form. Rules that do not compile, or with which the own rules of a convenant do not
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

// failedFollow says which rules of another process could not be taken over.
type failedFollow struct {
	digest string
	at     time.Time
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
	return g.offer(ctx, engine)
}

// bring lets an engine decide: first its rules are kept, with their record; then it decides, and nothing that other rules decided is
// accepted any more.
func (g *Gateway) bring(ctx context.Context, engine *policy.Engine) error {
	digest := engine.Digest()
	err := g.registry.Change(ctx, registry.Switch{
		Record: tlog.Record{Kind: tlog.PolicyKept, Policy: &digest, JWS: &digest},
		Write:  replay.RulesWrite{Digest: digest, Bundle: engine.Bundle().Canonical()},
		Ready: func(s *registry.Snapshot) error {
			order, err := g.store.RulesInOrder(ctx)
			if err != nil {
				return fmt.Errorf("looking which rules decided: %w", err)
			}
			if len(order) > 0 && order[0] == digest && g.rules.Load().Digest() == digest {
				return registry.ErrAlready
			}
			return prepareAll(s, engine)
		},
		Kept: func(ctx context.Context) (bool, error) {
			order, err := g.store.RulesInOrder(ctx)
			return slices.Index(order, digest) == 0, err
		},
		Put: func() { g.put(engine) },
	})
	if g.rules.Load() == engine {
		return nil // they decide, also when that was in doubt for a moment
	}
	return err
}

func (g *Gateway) put(engine *policy.Engine) {
	g.rules.Store(engine)
	g.notReloaded.Store(nil)
	g.notFollowed.Store(nil)
}

// prepareAll makes the rules of every convenant itself ready for an engine.
func prepareAll(s *registry.Snapshot, engine *policy.Engine) error {
	for _, st := range s.Convenants() {
		if err := engine.Prepare(st.Convenant); err != nil {
			return fmt.Errorf("preparing the rules of %s version %d: %w", st.Convenant.ID, st.Convenant.Version, err)
		}
	}
	return nil
}
