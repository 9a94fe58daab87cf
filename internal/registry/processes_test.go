package registry_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// process is a registry with a log of its own on a store that others write to as well.
func (s *setting) process(t testing.TB, store registry.Store) *registry.Registry {
	t.Helper()
	signer, err := tlog.ParseSigner(s.secret)
	must(t, err)
	log, err := audit.NewSequencer(t.Context(), s.store, audit.Options{Origin: origin, Signer: signer, Now: s.clock})
	must(t, err)
	t.Cleanup(func() { must(t, log.Close()) })
	r, err := registry.New(t.Context(), store, log, s.Anchors, s.clock)
	must(t, err)
	return r
}

// counted is a store that counts how often everything is read, and in which something may happen meanwhile.
type counted struct {
	registry.Store
	reads    atomic.Int64
	happens  func()
	versions func()
}

func (c *counted) Cards(ctx context.Context) ([]party.CardWrite, error) {
	c.reads.Add(1)
	if c.happens != nil {
		c.happens()
	}
	return c.Store.Cards(ctx)
}

func (c *counted) Convenants(ctx context.Context) ([]convenant.VersionWrite, error) {
	list, err := c.Store.Convenants(ctx)
	if c.versions != nil {
		c.versions()
	}
	return list, err
}

// TestCatchUp brings what another process changed, once, and reads nothing when nothing changed.
func TestCatchUp(t *testing.T) {
	s := newSetting(t)
	store := &counted{Store: s.store}
	here := s.process(t, store)
	c := s.Publish(t, s.registry, s.now)
	if _, ok := here.Snapshot().Convenant(c.ID, 1); ok {
		t.Fatal("known before anybody looked")
	}
	reads := store.reads.Load()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { must(t, here.CatchUp(t.Context())) })
	}
	all.Wait()
	if st, _ := here.Snapshot().Convenant(c.ID, 1); !st.InForce(s.now) || here.Snapshot().Kept != s.registry.Snapshot().Kept {
		t.Error("what another process put in force is not in force here")
	}
	if n := store.reads.Load() - reads; n != 1 {
		t.Errorf("everything was read %d times", n)
	}
	_, err := here.PublishCard(t.Context(), s.Parties["school"].OIN, s.Parties["school"].SignPerson(t, s.Parties["school"].Add(t, "nieuw-1", "schoolleiding")))
	must(t, err)
	before := here.Snapshot()
	must(t, here.CatchUp(t.Context()))
	if here.Snapshot() != before || store.reads.Load() != reads+1 {
		t.Error("its own change was brought in as if another process had made it")
	}
}

// TestAWithdrawalElsewhere: from its place in the log on, a guard that compares Kept says no here; while it is brought in nobody is told to
// go on; and who cannot wait is not.
func TestAWithdrawalElsewhere(t *testing.T) {
	s := newSetting(t)
	c := s.Publish(t, s.registry, s.now)
	store := &counted{Store: s.store}
	here := s.process(t, store)
	before, school := here.Snapshot(), s.Parties["school"]
	s.now = s.now.Add(time.Second)
	s.sign(t, school.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
	head, err := s.store.Head(t.Context())
	must(t, err)
	if head.Registry == before.Kept {
		t.Fatal("a guard would let it pass")
	}
	reading, read := make(chan struct{}), make(chan struct{})
	store.happens = func() { close(reading); <-read }
	caught := make(chan error)
	go func() { caught <- here.CatchUp(t.Context()) }()
	<-reading
	if !before.Passing() {
		t.Error("while it is read, decisions on what is over go on")
	}
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := here.Settled(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("who could not wait got %v", err)
	}
	close(read)
	now, err := here.Settled(t.Context())
	must(t, errors.Join(err, <-caught))
	if st, _ := now.Convenant(c.ID, 1); st.InForce(s.now) {
		t.Error("withdrawn at another process, and in force here")
	}
}

// TestPublishingAtTwoProcesses: each answer is the one that a single process would give.
func TestPublishingAtTwoProcesses(t *testing.T) {
	s := newSetting(t)
	here, lead := s.process(t, s.store), s.Parties["gemeente"].OIN
	s.PublishCards(t, s.registry)
	c, first, err := s.registry.PublishConvenant(t.Context(), lead, s.ConvenantYAML(t))
	must(t, err)
	_, again, err := here.PublishConvenant(t.Context(), lead, s.ConvenantYAML(t))
	must(t, err)
	if again.Proof != first.Proof {
		t.Error("the same version at another process got another receipt")
	}
	turn := 0
	for _, p := range s.InOrder() {
		turn++
		_, err := []*registry.Registry{here, s.registry}[turn%2].PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now))
		must(t, err)
	}
	must(t, errors.Join(here.CatchUp(t.Context()), s.registry.CatchUp(t.Context())))
	for _, r := range []*registry.Registry{here, s.registry} {
		if st, _ := r.Snapshot().Convenant(c.ID, 1); !st.InForce(s.now) {
			t.Error("all have signed, and it is not in force")
		}
	}
	if told := s.told(t, "school"); !slices.Equal(told, []string{"1 van-kracht"}) {
		t.Errorf("the trail tells %v", told)
	}
	school := s.Parties["school"]
	var receipts [8]tlog.Receipt
	card := school.SignPerson(t, school.Add(t, "nieuw-1", "schoolleiding"))
	var all sync.WaitGroup
	for i := range receipts {
		all.Go(func() {
			var err error
			if receipts[i], err = []*registry.Registry{here, s.registry}[i%2].PublishCard(t.Context(), school.OIN, card); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, r := range receipts {
		if r.Proof != receipts[0].Proof {
			t.Fatal("one card has two records")
		}
	}
}

// TestManyPublishAtTwoProcesses at once: everything is kept, and both know it.
func TestManyPublishAtTwoProcesses(t *testing.T) {
	s := newSetting(t)
	here := s.process(t, s.store)
	var all sync.WaitGroup
	i := 0
	for _, p := range s.InOrder() {
		at := []*registry.Registry{here, s.registry}[i%2]
		i++
		all.Go(func() {
			_, err := at.PublishCard(t.Context(), p.OIN, p.Compact)
			for _, one := range p.People {
				_, err2 := at.PublishCard(t.Context(), p.OIN, one.Compact)
				err = errors.Join(err, err2)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, r := range []*registry.Registry{here, s.registry} {
		must(t, r.CatchUp(t.Context()))
		for _, p := range s.Parties {
			if len(r.Snapshot().Book.Participants(p.OIN)) != len(p.People) {
				t.Errorf("of party %s not everybody is known", p.OIN)
			}
		}
	}
}
