package registry_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// forgetful is a store that gives everything but what was told of convenants, for a while.
type forgetful struct {
	registry.Store
	fault error
}

func (f *forgetful) ConvenantChanges(ctx context.Context) ([]convenant.ChangeWrite, error) {
	if f.fault != nil {
		return nil, f.fault
	}
	return f.Store.ConvenantChanges(ctx)
}

// TestCatchingUpGoesOnWhereItStopped: what was verified by a try that came to no end is not verified again, or a process to which much is new
// would try for ever. That each signature is verified by the clock tells how many were.
func TestCatchingUpGoesOnWhereItStopped(t *testing.T) {
	s := newSetting(t)
	store := &forgetful{Store: s.store}
	var verified atomic.Int64
	here, err := registry.New(t.Context(), store, s.log, s.Anchors, func() time.Time { verified.Add(1); return s.clock() })
	must(t, err)
	tried := func(want error) int64 {
		t.Helper()
		verified.Store(0)
		if err := here.CatchUp(t.Context()); !errors.Is(err, want) {
			t.Fatal(err)
		}
		return verified.Load()
	}
	var late error // of what comes after reading
	here.Follow(func(context.Context, *registry.Snapshot) (func(), error) { return nil, late })
	c := s.Publish(t, s.process(t, s.store), s.now)

	store.fault = errors.New("schijf weg")
	first := tried(store.fault)
	again := tried(store.fault)
	store.fault, late = nil, errors.New("regels weg")
	read := tried(late)
	late = nil
	last := tried(nil)
	signed := int64(len(s.Parties))
	if first < signed || max(again, read, last) > first-signed {
		t.Errorf("%d signatures, verified %d, %d, %d and %d times", signed, first, again, read, last)
	}
	if st, _ := here.Snapshot().Convenant(c.ID, 1); !st.InForce(s.now) || here.Snapshot().Passing() {
		t.Error("what another process published is not in force")
	}

	school := s.Parties["school"]
	_, err = s.process(t, s.store).PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
	must(t, err)
	tried(nil)
	if st, _ := here.Snapshot().Convenant(c.ID, 1); st.InForce(s.now) {
		t.Error("a convenant from which a party withdrew is in force")
	}
}
