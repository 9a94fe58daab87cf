package registry

import (
	"context"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// errBehind: another process changed what is in force.
var errBehind = errors.New("registry: another process changed what is in force")

// publish does something in turn that gives a receipt, with [audit.Staying]: a store that hangs must not keep the caller waiting for longer
// than he can.
func (r *Registry) publish(ctx context.Context, do func() (tlog.Receipt, error)) (tlog.Receipt, error) {
	return audit.Staying(ctx, func() (receipt tlog.Receipt, err error) {
		err = r.inTurn(ctx, func() (err error) { receipt, err = do(); return err })
		return receipt, err
	})
}

// keep commits one record and what it is about, which make `next` of the current snapshot, and puts that in force.
func (r *Registry) keep(ctx context.Context, record tlog.Record, write audit.Write, next *Snapshot) (tlog.Receipt, error) {
	return r.keepAll(ctx, audit.Change{Records: []tlog.Record{record}, Writes: []audit.Write{write}}, func(audit.Committed) *Snapshot { return next })
}

// keepAll commits a change, of which next makes the snapshot that is in force from then on. The receipt is of its first record.
// The new snapshot is visible only after the change is durable: a crash before leaves the old one, after it the next start
// loads the new one.
func (r *Registry) keepAll(ctx context.Context, change audit.Change, next func(audit.Committed) *Snapshot) (tlog.Receipt, error) {
	// Not with the caller's patience: a withdrawal that is kept while its caller hangs up must be in force here too.
	ctx = context.WithoutCancel(ctx)
	passing, kept := r.Snapshot().passing, r.Snapshot().Kept
	defer func() {
		if r.doubt == nil {
			passing.end()
		}
	}()
	change.Registry = true
	change.Guard = func(registry int64) error {
		if registry != kept {
			return errBehind // it was checked against what is no longer in force
		}
		passing.begin() // from its place in the log on, nothing is decided on the snapshot that this change ends
		return nil
	}
	done, err := r.log.Commit(ctx, change)
	if errors.Is(err, audit.ErrConflict) || errors.Is(err, audit.ErrInDoubt) || errors.Is(err, errBehind) {
		// Something is, or may be, kept that this snapshot does not know: a commit of unknown outcome, or another process. What
		// is kept is what is in force; who publishes again (inTurn does) is answered from there.
		err = errors.Join(err, r.succeed(ctx))
	}
	if err != nil {
		return tlog.Receipt{}, fmt.Errorf("keeping a record of kind %s: %w", change.Records[0].Kind, err)
	}
	r.bring() // before anybody sees the new snapshot: who decides on it decides by what came with it
	snapshot := next(done)
	snapshot.Kept = done.Registry
	r.current.Store(snapshot)
	return done.Receipt(0)
}
