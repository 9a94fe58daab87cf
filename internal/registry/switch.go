package registry

import (
	"context"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Switch is a change of something by which the gateway decides and which is not in the registry: its rules. It takes its turn among
// the changes of the registry, so that what was decided before it is never committed after it (see [Snapshot.Passing]).
type Switch struct {
	Record tlog.Record
	Write  audit.Write
	Ready  func(*Snapshot) error               // whether it can come, with all convenants there are; nothing changes until it came
	Kept   func(context.Context) (bool, error) // whether it stands in the store, when that was in doubt
	Put    func()                              // brings it: called once, when it is durable; must not fail
}

// ErrAlready is for Ready to say that the switch has come already, by another process: there is nothing to change.
var ErrAlready = errors.New("registry: it is so already")

// Change makes a switch. An error of Ready, of the log or of the store leaves all as it was; after [audit.ErrInDoubt] the switch may
// come yet: [Registry.CatchUp] finds out, and nothing is accepted until then.
func (r *Registry) Change(ctx context.Context, s Switch) error {
	err := r.inTurn(ctx, func() error { return r.change(ctx, s) })
	if errors.Is(err, ErrAlready) {
		return nil
	}
	return err
}

func (r *Registry) change(ctx context.Context, s Switch) error {
	if err := s.Ready(r.Snapshot()); err != nil {
		return err
	}
	r.pending = &s
	next := r.Snapshot().next()
	next.unfit = make(map[versionKey]error)
	if _, err := r.keep(ctx, s.Record, s.Write, next); err != nil {
		if r.doubt == nil {
			r.pending = nil
		}
		return err
	}
	return nil
}

// bring puts a switch that is known to be kept; for those who have the turn.
func (r *Registry) bring() {
	if r.pending != nil {
		r.pending.Put()
		r.pending = nil
	}
}

// settle finds out whether a switch in doubt was kept, and brings it when it was.
func (r *Registry) settle(ctx context.Context) error {
	if r.pending == nil {
		return nil
	}
	kept, err := r.pending.Kept(ctx)
	switch {
	case errors.Is(err, audit.ErrNotFound), err == nil && !kept:
		r.pending = nil
		return nil
	case err != nil:
		return fmt.Errorf("finding out whether a switch was kept: %w", err)
	}
	r.bring()
	return nil
}
