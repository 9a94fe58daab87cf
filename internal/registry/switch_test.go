package registry_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// rulesSwitch is a switch to rules with a digest; puts counts how often it came.
func rulesSwitch(s *setting, digest string, puts *int) registry.Switch {
	return registry.Switch{
		Record: tlog.Record{Kind: tlog.PolicyKept, Policy: &digest, JWS: &digest},
		Write:  replay.RulesWrite{Digest: digest, Bundle: []byte("{}" + digest)},
		Ready:  func(*registry.Snapshot) error { return nil },
		Kept: func(ctx context.Context) (bool, error) {
			order, err := s.store.RulesInOrder(ctx)
			return len(order) > 0 && order[0] == digest, err
		},
		Put: func() { *puts++ },
	}
}

// From its place in the log on nothing is decided on what was before; who sees the new generation decides by what came with it.
func TestASwitchEndsTheSnapshot(t *testing.T) {
	s := newSetting(t)
	log, puts := &doubtful{Committer: s.log}, 0
	r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.clock)
	must(t, err)
	before := r.Snapshot()
	log.commit = func(ctx context.Context, c audit.Change) (audit.Committed, error) {
		done, err := s.log.Commit(ctx, c)
		if !before.Passing() || r.Snapshot() != before || puts != 0 {
			t.Error("in the log, and who decides now is not told to wait")
		}
		return done, err
	}
	must(t, r.Change(t.Context(), rulesSwitch(s, "d1", &puts)))
	if puts != 1 || r.Snapshot().Kept <= before.Kept || r.Snapshot().Passing() {
		t.Errorf("put %d times, generation %d after %d", puts, r.Snapshot().Kept, before.Kept)
	}
}

// What is not ready, or not kept, leaves all as it was.
func TestASwitchThatDoesNotCome(t *testing.T) {
	s := newSetting(t)
	log, puts, size := &doubtful{Committer: s.log}, 0, s.size(t)
	r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.clock)
	must(t, err)
	before, broken := r.Snapshot(), errors.New("stuk")
	notReady := rulesSwitch(s, "d1", &puts)
	notReady.Ready = func(*registry.Snapshot) error { return broken }
	wantErr(t, r.Change(t.Context(), notReady), broken)
	log.commit = func(context.Context, audit.Change) (audit.Committed, error) { return audit.Committed{}, broken }
	wantErr(t, r.Change(t.Context(), rulesSwitch(s, "d1", &puts)), broken)
	log.commit = inDoubt(s.log, false)
	wantErr(t, r.Change(t.Context(), rulesSwitch(s, "d1", &puts)), audit.ErrInDoubt)
	if puts != 0 || s.size(t) != size || r.Snapshot().Passing() {
		t.Errorf("put %d times, log from %d to %d", puts, size, s.size(t))
	}
	log.commit = nil
	school := s.Parties["school"]
	_, err = r.PublishCard(t.Context(), school.OIN, school.Compact) // and what comes later does not bring it after all
	must(t, err)
	if puts != 0 || r.Snapshot().Kept == before.Kept {
		t.Errorf("put %d times", puts)
	}
}

// TestASwitchThatMendsAConvenant: what did not work with the rules before works with those that come, and nobody is warned of it any more.
func TestASwitchThatMendsAConvenant(t *testing.T) {
	s := newSetting(t)
	puts := 0
	here, err := registry.New(t.Context(), s.store, s.log, s.Anchors, s.clock, func(*convenant.Convenant) error {
		if puts == 0 {
			return errors.New("werkt hier niet")
		}
		return nil
	})
	must(t, err)
	s.Publish(t, s.registry, s.now)
	must(t, here.CatchUp(t.Context()))
	if here.Snapshot().Unfit() == nil {
		t.Fatal("what does not work here is not told")
	}
	must(t, here.Change(t.Context(), rulesSwitch(s, "d1", &puts)))
	if err := here.Snapshot().Unfit(); err != nil {
		t.Errorf("with rules with which it works: %v", err)
	}
}

// A switch in doubt comes when it turns out to be kept; until then nothing is accepted.
func TestASwitchInDoubt(t *testing.T) {
	s := newSetting(t)
	log, store, puts := &doubtful{Committer: s.log}, &blind{Store: s.store}, 0
	r, err := registry.New(t.Context(), store, log, s.Anchors, s.clock)
	must(t, err)
	store.fault = errors.New("schijf weg")
	log.commit = inDoubt(s.log, true)
	wantErr(t, r.Change(t.Context(), rulesSwitch(s, "d1", &puts)), audit.ErrInDoubt)
	if puts != 0 || !r.Snapshot().Passing() {
		t.Fatalf("put %d times while nobody knows", puts)
	}
	before := r.Snapshot()
	store.fault, log.commit = nil, nil
	must(t, r.CatchUp(t.Context()))
	if puts != 1 || before.Passing() || r.Snapshot().Kept == before.Kept {
		t.Errorf("put %d times", puts)
	}
}
