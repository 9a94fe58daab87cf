package registry

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

const (
	// loadTerm is how long finding out what is in force may take, whoever waits for it.
	loadTerm = 30 * time.Second
	// maxRounds is how often something is published again because another process came in between, and maxLoads how often everything is
	// read again. Each time somebody else got on.
	maxRounds = 20
	maxLoads  = 5
)

// CatchUp puts in force here what other processes changed, and finds out what is in force where a store that could not be read left that
// open. It comes back when nothing that stood in the log when it was called is missing here. Where nothing changed it costs a look at the
// head of the log. It may be called at any time: by who was told that something changed, by who has nothing else to do, and by whoever
// found that it had decided on what is no longer in force.
//
// While it reads, the snapshot is Passing: nobody needs to decide on it. When it cannot read, that stays so until it can.
func (r *Registry) CatchUp(ctx context.Context) error {
	if behind, err := r.behind(ctx); err != nil || !behind {
		return err
	}
	unlock, err := r.begin(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if behind, err := r.behind(ctx); err != nil || !behind { // whoever had the turn before has brought it
		return err
	}
	return r.succeed(ctx)
}

// recent is how long a look at the store counts for who only wants to know what is in force. A process that has others beside it looks every
// three seconds (gateway.lookAgain), so that nobody waits for a look while all is well.
const recent = 5 * time.Second

// Settled gives what is in force: at once, unless it is known to be over, or nobody could look for so long that it may be: then it looks.
// So a process that is cut off from its store soon says that it does not know, instead of what was in force when it last knew.
func (r *Registry) Settled(ctx context.Context) (*Snapshot, error) {
	if s := r.Snapshot(); !s.Passing() && time.Since(r.began)-time.Duration(r.looked.Load()) < recent {
		return s, nil
	}
	if err := r.CatchUp(ctx); err != nil {
		return nil, err
	}
	return r.Snapshot(), nil
}

// Newer catches up, and reports whether what is in force is no longer that snapshot.
func (r *Registry) Newer(ctx context.Context, than *Snapshot) (bool, error) {
	if err := r.CatchUp(ctx); err != nil {
		return false, err
	}
	return r.Snapshot().Kept != than.Kept, nil
}

func (r *Registry) behind(ctx context.Context) (bool, error) {
	s := r.Snapshot()
	if s.Passing() {
		return true, nil
	}
	asked := time.Since(r.began)
	head, err := r.store.Head(ctx)
	if err != nil {
		return false, fmt.Errorf("reading where the log stands: %w", err)
	}
	r.looked.Store(int64(asked))
	return head.Registry != s.Kept, nil
}

// begin takes the turn to change what is in force. It does not come while it is unknown what that is.
func (r *Registry) begin(ctx context.Context) (unlock func(), err error) {
	select {
	case r.turn <- struct{}{}:
	default:
		select {
		case r.turn <- struct{}{}:
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for a change of the registry: %w", context.Cause(ctx))
		}
	}
	unlock = func() { <-r.turn }
	if err := r.mend(ctx); err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

// inTurn does something in turn, and again when another process changed what it was checked against: also a refusal counts only on what is
// in force.
func (r *Registry) inTurn(ctx context.Context, do func() error) error {
	unlock, err := r.begin(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for round := 1; ; round++ {
		err := do()
		switch {
		case err == nil || r.doubt != nil || round == maxRounds:
			return err
		case errors.Is(err, errBehind), errors.Is(err, audit.ErrConflict):
			// A conflict is what a commit of unknown outcome leaves: now that it is known, the same is answered as it should be.
			continue
		case errors.Is(err, audit.ErrInDoubt), errors.Is(err, audit.ErrKept):
			return err // true whatever is in force; an error of one more look would say that nothing was kept
		}
		if behind, lookErr := r.behind(ctx); lookErr != nil {
			return lookErr
		} else if !behind {
			return err
		}
		if err := r.succeed(ctx); err != nil {
			return err
		}
	}
}

// succeed ends the snapshot and puts in force what the store holds; for who has the turn.
func (r *Registry) succeed(ctx context.Context) error {
	r.doubt = r.Snapshot().passing
	r.doubt.begin()
	return r.mend(ctx)
}

func (r *Registry) mend(ctx context.Context) error {
	if r.doubt == nil {
		return nil
	}
	// Not with the caller's patience: others wait for the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTerm)
	defer cancel()
	if err := r.reload(ctx); err != nil {
		return err
	}
	r.doubt.end()
	r.doubt = nil
	return nil
}

// reload puts in force what the store holds.
func (r *Registry) reload(ctx context.Context) error {
	fresh, err := r.load(ctx, r.Snapshot())
	if err != nil {
		return fmt.Errorf("loading the registry again: %w", err)
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	if r.follow != nil {
		bring, err := r.follow(ctx, fresh)
		if err != nil {
			return fmt.Errorf("following what another process changed: %w", err)
		}
		if bring != nil {
			bring() // before anybody sees the new snapshot: who decides on it decides by what came with it
			clear(fresh.unfit)
		}
	}
	r.current.Store(fresh)
	r.ahead = ahead{} // it is all in the snapshot now
	return nil
}

// Follower looks what is to come here together with a snapshot that another process made: other rules, with which all its convenants
// work. bring (nil: nothing is to come) is called right before the snapshot is in force, and must not fail. An error means that it
// could not be read, and leaves open what is in force.
type Follower func(ctx context.Context, next *Snapshot) (bring func(), err error)

// FollowNow asks the follower where nothing changed in the registry: at a start, or because a person asks. It does so in turn, or what it
// was about to bring could come after, and instead of, what was brought since.
func (r *Registry) FollowNow(ctx context.Context) error {
	unlock, err := r.begin(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	bring, err := r.follow(ctx, r.Snapshot())
	if err == nil && bring != nil {
		bring()
	}
	return err
}

// Follow sets the follower. It is called before anything else can happen to the registry.
func (r *Registry) Follow(f Follower) { r.follow = f }
