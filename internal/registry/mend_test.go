package registry_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// blind is a store that cannot be read for a while.
type blind struct {
	registry.Store
	fault error
}

func (b *blind) Signatures(ctx context.Context) ([]convenant.SignatureWrite, error) {
	if b.fault != nil {
		return nil, b.fault
	}
	return b.Store.Signatures(ctx)
}

// TestWithdrawalThatMayBeKept: the disk failed while it was kept, and cannot be read. Until it is known what is in force nothing is decided on
// what was in force before, and nothing is published on top of it.
func TestWithdrawalThatMayBeKept(t *testing.T) {
	for _, publish := range []bool{false, true} {
		s := newSetting(t)
		c := s.Publish(t, s.registry, s.now)
		log, store := &doubtful{Committer: s.log}, &blind{Store: s.store}
		r, err := registry.New(t.Context(), store, log, s.Anchors, s.clock)
		must(t, err)
		store.fault = errors.New("schijf weg")
		log.commit = func(ctx context.Context, c audit.Change) (audit.Committed, error) {
			_, err := s.log.Commit(ctx, c)
			return audit.Committed{}, errors.Join(err, audit.ErrInDoubt)
		}
		school := s.Parties["school"]
		_, err = r.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
		wantErr(t, err, audit.ErrInDoubt)
		log.commit = nil
		before := r.Snapshot()
		card := school.SignPerson(t, school.Add(t, "nieuw-1", "schoolleiding"))
		wantErr(t, r.CatchUp(t.Context()), store.fault)
		_, err = r.PublishCard(t.Context(), school.OIN, card)
		wantErr(t, err, store.fault)
		if !r.Snapshot().Passing() {
			t.Error("decisions go on, on what may be over")
		}
		store.fault = nil // the disk is back
		if publish {
			_, err = r.PublishCard(t.Context(), school.OIN, card)
			must(t, err)
		} else {
			must(t, r.CatchUp(t.Context()))
		}
		if before.Passing() {
			t.Error("who waits is not told that it is over")
		}
		if st, _ := r.Snapshot().Convenant(c.ID, 1); st.InForce(s.now) || r.Snapshot().Passing() {
			t.Errorf("published %v: a withdrawal that was kept is not in force", publish)
		}
	}
}
