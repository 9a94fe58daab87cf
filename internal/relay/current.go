package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// errStale refuses a change that was judged by what is in force no longer.
var errStale = errors.New("relay: what is in force changed while deciding")

// patience is how long a caller waits until it is known what is in force; then the answer is: later.
const patience = 10 * time.Second

// heldBy gives the guard of a change that was judged by a snapshot: it is kept only where the log says that nothing which decisions rest on
// has changed since, at this process or another. A crash or a change here leaves nothing: a guard runs before the first write.
func heldBy(s *registry.Snapshot) func(int64) error {
	return func(registry int64) error {
		if registry != s.Kept {
			return errStale
		}
		return nil
	}
}

// counts reports whether the caller is still who the cards said when the call came in. Who is not is told to come again, and is then known
// as who it is.
func (r *Relay) counts(s *registry.Snapshot, caller auth.Caller) bool {
	holder, ok := s.Holder(caller.Kid)
	_, valid, _ := s.Party(caller.OIN(), r.now())
	return ok && valid && holder.Digest() == caller.Participant.Digest()
}

// newer finds out whether what is in force is no longer this snapshot. An error means that nobody knows.
func (r *Relay) newer(ctx context.Context, s *registry.Snapshot) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := r.catchUp(ctx); err != nil {
		return false, fmt.Errorf("finding out what is in force: %w", err)
	}
	return r.registry().Kept != s.Kept, nil
}

// onNewest looks at something, and again when it is refused by what is in force no longer: a card that was published at another process a
// moment ago is not unknown here.
func onNewest[T any](ctx context.Context, r *Relay, look func(*registry.Snapshot) (T, error)) (T, error) {
	for round := 1; ; round++ {
		s := r.registry()
		seen, refusal := look(s)
		if refusal == nil || round == maxRounds {
			return seen, refusal
		}
		if newer, err := r.newer(ctx, s); err != nil {
			return seen, err
		} else if !newer {
			return seen, refusal
		}
	}
}
