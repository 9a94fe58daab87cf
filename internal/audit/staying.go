package audit

import (
	"context"
	"fmt"
)

// Staying does what ends in [Sequencer.Commit], and stays with it only as long as the caller can: what is being kept when ctx ends is finished
// without him, who hears [ErrInDoubt]. A commit that waits for a server, or for its standby, takes longer than the connection of who waits for it.
// What it does must not be given up with ctx once it keeps something.
func Staying[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
		broke any // a panic, which is the caller's to hear of
	}
	ended := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.broke = recover()
			ended <- o
		}()
		o.value, o.err = do()
	}()
	select {
	case o := <-ended:
		if o.broke != nil {
			panic(o.broke)
		}
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, fmt.Errorf("waiting for what is being kept: %w: %w", ErrInDoubt, context.Cause(ctx))
	}
}
