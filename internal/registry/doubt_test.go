package registry_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// doubtful is the sequencer, with something that happens to a commit.
type doubtful struct {
	registry.Committer
	commit func(context.Context, audit.Change) (audit.Committed, error)
}

func (d *doubtful) Commit(ctx context.Context, c audit.Change) (audit.Committed, error) {
	if d.commit != nil {
		return d.commit(ctx, c)
	}
	return d.Committer.Commit(ctx, c)
}

// inDoubt commits, or not, and says that it does not know.
func inDoubt(log registry.Committer, kept bool) func(context.Context, audit.Change) (audit.Committed, error) {
	return func(ctx context.Context, c audit.Change) (audit.Committed, error) {
		if !kept {
			return audit.Committed{}, audit.ErrInDoubt
		}
		_, err := log.Commit(ctx, c)
		return audit.Committed{}, errors.Join(err, audit.ErrInDoubt)
	}
}

func TestWhatIsNotKeptIsNotInForce(t *testing.T) {
	s := newSetting(t)
	log := &doubtful{Committer: s.log}
	r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.clock)
	must(t, err)
	before := r.Snapshot()
	broken := errors.New("schijf vol")
	log.commit = func(context.Context, audit.Change) (audit.Committed, error) { return audit.Committed{}, broken }
	_, err = r.PublishCard(t.Context(), s.Parties["school"].OIN, s.Parties["school"].Compact)
	wantErr(t, err, broken)
	if r.Snapshot() != before {
		t.Error("a card that was not kept is in force")
	}
}

// TestWithdrawalInDoubtIsInForceWhenItWasKept: the outcome of the commit was unknown, or the caller hung up.
func TestWithdrawalInDoubtIsInForceWhenItWasKept(t *testing.T) {
	s := newSetting(t)
	c := s.Publish(t, s.registry, s.now)
	log := &doubtful{Committer: s.log}
	r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.clock)
	must(t, err)
	log.commit = inDoubt(s.log, true)
	school := s.Parties["school"]
	withdrawal := school.SignConvenant(t, c, convenant.Withdrawn, s.now)
	_, err = r.PublishSignature(t.Context(), school.OIN, withdrawal)
	wantErr(t, err, audit.ErrInDoubt)
	if st, _ := r.Snapshot().Convenant(c.ID, 1); st.InForce(s.now) {
		t.Error("a withdrawal that was kept is not in force")
	}
	log.commit = nil
	_, err = r.PublishSignature(t.Context(), school.OIN, withdrawal)
	must(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	log.commit = func(ctx context.Context, c audit.Change) (audit.Committed, error) {
		cancel() // the caller hangs up
		return s.log.Commit(ctx, c)
	}
	card := school.SignPerson(t, school.Add(t, "nieuw-1", "schoolleiding"))
	if _, err = r.PublishCard(ctx, school.OIN, card); err != nil {
		wantErr(t, err, audit.ErrInDoubt)
	}
	log.commit = nil
	_, err = r.PublishCard(t.Context(), school.OIN, card) // after what is under way, which its caller does not wait for
	must(t, err)
	if _, ok := r.Snapshot().Book.Participant(school.OIN, "nieuw-1"); !ok {
		t.Error("a card that was kept is not in force")
	}
}

// TestWhoGivesUpWhileHisConvenantIsKept hears that it is not certain, and gets nothing of what is still being made: that is finished without
// him. For the race detector, what goes on waits for a folder to be there: a channel would put in order what nothing else does.
func TestWhoGivesUpWhileHisConvenantIsKept(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	log := &doubtful{Committer: s.log}
	r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.clock)
	must(t, err)
	author, text, gone := s.Parties["gemeente"].OIN, s.ConvenantYAML(t), filepath.Join(t.TempDir(), "gone")
	ctx, giveUp := context.WithCancel(t.Context())
	log.commit = func(ctx context.Context, c audit.Change) (audit.Committed, error) {
		giveUp()
		for _, err := os.Stat(gone); err != nil; _, err = os.Stat(gone) {
			time.Sleep(time.Millisecond)
		}
		return s.log.Commit(ctx, c)
	}
	c, receipt, err := r.PublishConvenant(ctx, author, text)
	must(t, os.Mkdir(gone, 0o700))
	for before := r.Snapshot(); r.Snapshot() == before; {
		time.Sleep(time.Millisecond)
	}
	wantErr(t, err, audit.ErrInDoubt)
	if c != nil || len(receipt.Record) > 0 {
		t.Error("who is told that it is not certain is given a convenant, or a receipt")
	}
	c, receipt, err = r.PublishConvenant(t.Context(), author, text)
	must(t, err)
	if c == nil || len(receipt.Record) == 0 {
		t.Error("the same again is not answered with what was kept")
	}
}

// away is a store of which the head can be read as many times as is left; negative: always.
type away struct {
	registry.Store
	left  atomic.Int64
	fault error
}

func (a *away) Head(ctx context.Context) (audit.Head, error) {
	if a.left.Add(-1) == -1 {
		a.left.Store(0)
		return audit.Head{}, a.fault
	}
	return a.Store.Head(ctx)
}

// TestDoubtIsToldAsDoubt, also when the store goes away again right after it was read: who may have a card kept does not hear that it is not.
func TestDoubtIsToldAsDoubt(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	log, store := &doubtful{Committer: s.log}, &away{Store: s.store, fault: errors.New("schijf weg")}
	store.left.Store(-1)
	r, err := registry.New(t.Context(), store, log, s.Anchors, s.clock)
	must(t, err)
	school := s.Parties["school"]
	card := school.SignPerson(t, school.Add(t, "nieuw-1", "schoolleiding"))
	log.commit = func(ctx context.Context, c audit.Change) (audit.Committed, error) {
		store.left.Store(2) // before and after everything is read again
		return inDoubt(s.log, true)(ctx, c)
	}
	_, err = r.PublishCard(t.Context(), school.OIN, card)
	wantErr(t, err, audit.ErrInDoubt)
	log.commit = nil
	store.left.Store(-1)
	_, err = r.PublishCard(t.Context(), school.OIN, card)
	must(t, err)
}
