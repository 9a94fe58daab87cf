package registry_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/registry"
)

// TestFollowingInTurn: a process that follows because a person asks is slow about it, and meanwhile another process brings something newer. What
// it was slow about must not come after that: decisions would be made by what is over, on a snapshot that says it knows what is newer.
func TestFollowingInTurn(t *testing.T) {
	s := newSetting(t)
	here := s.process(t, s.store)
	var deciding string
	var slow atomic.Bool
	read, goOn := make(chan struct{}), make(chan struct{})
	here.Follow(func(ctx context.Context, _ *registry.Snapshot) (func(), error) {
		order, err := s.store.RulesInOrder(ctx)
		if slow.CompareAndSwap(false, true) { // making an engine of rules takes a while
			close(read)
			<-goOn
		}
		return func() { deciding = order[0] }, err
	})
	puts := 0
	must(t, s.registry.Change(t.Context(), rulesSwitch(s, "d1", &puts)))
	var both sync.WaitGroup
	both.Go(func() {
		if err := here.FollowNow(t.Context()); err != nil {
			t.Error(err)
		}
	})
	<-read
	must(t, s.registry.Change(t.Context(), rulesSwitch(s, "d2", &puts)))
	caught := make(chan error, 1)
	both.Go(func() { caught <- here.CatchUp(t.Context()) })
	select {
	case err := <-caught: // without a turn: d2 decides, until d1 comes
		caught <- err
	case <-time.After(100 * time.Millisecond): // it waits its turn
	}
	close(goOn)
	both.Wait()
	must(t, <-caught)
	if deciding != "d2" || here.Snapshot().Kept != s.registry.Snapshot().Kept {
		t.Errorf("%s decides, on what is known up to %d of %d", deciding, here.Snapshot().Kept, s.registry.Snapshot().Kept)
	}
}
