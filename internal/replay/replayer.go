package replay

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Replayer decides records of a gateway again with the rules that it kept. It is safe for concurrent use.
type Replayer struct {
	Store Store
	Known func() Known

	mu   sync.Mutex
	last *policy.Engine // preparing rules takes a while; most questions are about those of one day
}

// Again decides a record again. Errors: [ErrNoDecision]; [ErrOtherRules] when the rules of that day are not kept, or are not those any
// more; those of the store and the engine.
func (r *Replayer) Again(ctx context.Context, record tlog.Record) (Replayed, error) {
	d, err := readDecided(record)
	if err != nil {
		return Replayed{}, err
	}
	engine, err := r.engine(ctx, d)
	if err != nil {
		return Replayed{}, err
	}
	var c *convenant.Convenant
	if record.Convenant != nil {
		if st, known := r.Known().Convenant(record.Convenant.ID, record.Convenant.Version); known {
			c = st.Convenant
		}
	}
	return d.again(ctx, engine, c)
}

// engine gives the rules that a record names: of all that were kept, those that make its digest together with the convenant.
func (r *Replayer) engine(ctx context.Context, d decided) (*policy.Engine, error) {
	r.mu.Lock() // one at a time: rules are prepared once, and not by everybody who asks
	defer r.mu.Unlock()
	if r.last != nil && policy.DecidedBy(r.last.Digest(), d.convenant) == d.policy {
		return r.last, nil
	}
	digests, err := r.Store.RulesInOrder(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking for the rules of a decision: %w", err)
	}
	for _, digest := range digests {
		if policy.DecidedBy(digest, d.convenant) != d.policy {
			continue
		}
		bundle, err := Kept(ctx, r.Store, digest)
		if err != nil {
			return nil, err
		}
		if r.last, err = policy.NewFromBundle(ctx, bundle); err != nil {
			return nil, fmt.Errorf("preparing the rules of another day: %w", err)
		}
		return r.last, nil
	}
	return nil, ErrOtherRules
}

// Kept gives kept rules by their digest; [ErrOtherRules] when they are not there, or are not those any more.
func Kept(ctx context.Context, store Store, digest string) (policy.Bundle, error) {
	text, err := store.Rules(ctx, digest)
	if errors.Is(err, audit.ErrNotFound) {
		return policy.Bundle{}, ErrOtherRules
	}
	if err != nil {
		return policy.Bundle{}, fmt.Errorf("reading kept rules: %w", err)
	}
	bundle, err := policy.ParseBundle(text)
	if err != nil || bundle.Digest() != digest {
		return policy.Bundle{}, errors.Join(ErrOtherRules, err)
	}
	return bundle, nil
}
