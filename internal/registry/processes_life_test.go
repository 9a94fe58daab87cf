package registry_test

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// TestADayIsToldOnceByMany: each process follows the calendar, and the trail has one record of a change, also where the clock of one is a
// little behind that of the one that told it.
func TestADayIsToldOnceByMany(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	s.version(t, 1, s.day(2), s.day(5))
	many := []*registry.Registry{s.registry, s.process(t, s.store), s.process(t, s.store)}
	follow := func() {
		var all sync.WaitGroup
		for _, r := range many {
			all.Go(func() {
				if err := r.FollowCalendar(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	s.now = s.now.AddDate(0, 0, 3)
	follow()
	if told := s.told(t, "school"); !slices.Equal(told, []string{"1 van-kracht"}) {
		t.Errorf("the trail tells %v", told)
	}
	day, err := time.ParseInLocation(time.DateOnly, s.day(4), time.Local)
	must(t, err)
	s.now = day
	follow()
	size := s.size(t)
	s.now = s.now.Add(-2 * time.Second)
	follow()
	if s.size(t) != size {
		t.Errorf("a clock that is a little behind tells: %v", s.told(t, "school"))
	}
}

// TestWhatIsToldStaysTold: the end of a convenant was told by a process whose clock is ahead; another does not say that it is in force again.
func TestWhatIsToldStaysTold(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	s.version(t, 1, s.day(-5), s.day(1))
	here := s.process(t, s.store)
	now := s.now
	s.now = now.AddDate(0, 0, 3)
	must(t, s.registry.FollowCalendar(t.Context()))
	s.now = now
	must(t, errors.Join(here.CatchUp(t.Context()), here.FollowCalendar(t.Context())))
	if told := s.told(t, "school"); !slices.Equal(told, []string{"1 van-kracht", "1 vervallen"}) {
		t.Errorf("the trail tells %v", told)
	}
}

// TestAChangeWhileLoading: a signature under a version that was not there yet when the versions were read is no reason to stop.
func TestAChangeWhileLoading(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	store := &counted{Store: s.store}
	here := s.process(t, store)
	s.hire(t, "nieuw-1") // something to catch up with
	store.versions = func() {
		store.versions = nil
		yaml := bytes.Replace(s.ConvenantYAML(t), []byte("convenant: denbosch"), []byte("convenant: ander"), 1)
		c, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, yaml)
		must(t, err)
		s.sign(t, s.Parties["school"].OIN, s.Parties["school"].SignConvenant(t, c, convenant.Agreed, s.now))
	}
	must(t, here.CatchUp(t.Context()))
	if here.Snapshot().Kept != s.registry.Snapshot().Kept || len(here.Snapshot().Convenants()) != 1 {
		t.Errorf("it knows up to %d of %d", here.Snapshot().Kept, s.registry.Snapshot().Kept)
	}
}

// TestAConvenantThatDoesNotFitHere: it was published at a process of a newer version. The others go on, here too.
func TestAConvenantThatDoesNotFitHere(t *testing.T) {
	s := newSetting(t)
	broken := errors.New("regels zijn van een nieuwere versie")
	fits := func(c *convenant.Convenant) error {
		if c.Version == 2 {
			return broken
		}
		return nil
	}
	first := s.Publish(t, s.registry, s.now)
	here, err := registry.New(t.Context(), s.store, s.log, s.Anchors, s.clock, fits)
	must(t, err)
	_, _, err = s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, bytes.Replace(s.ConvenantYAML(t), []byte("versie: 1"), []byte("versie: 2"), 1))
	must(t, err)
	for _, id := range []string{"nieuw-1", "nieuw-2"} { // and it is not forgotten when something else changes
		must(t, here.CatchUp(t.Context()))
		if st, _ := here.Snapshot().Convenant(first.ID, 1); !st.InForce(s.now) || !errors.Is(here.Snapshot().Unfit(), broken) {
			t.Errorf("in force %v, told: %v", st.InForce(s.now), here.Snapshot().Unfit())
		}
		s.hire(t, id)
	}
	if _, err := registry.New(t.Context(), s.store, s.log, s.Anchors, s.clock, fits); !errors.Is(err, broken) {
		t.Errorf("a start: %v", err)
	}
}

// hire publishes the card of somebody who is new at the school.
func (s *setting) hire(t *testing.T, id string) {
	t.Helper()
	school := s.Parties["school"]
	_, err := s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, school.Add(t, id, "schoolleiding")))
	must(t, err)
}
