package registry_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// told gives what the trail of a party says of changes in convenants, oldest first: "1 van-kracht", "1 vervangen 2".
func (s *setting) told(t *testing.T, name string) []string {
	t.Helper()
	records, err := s.store.Search(t.Context(), audit.Query{Party: string(s.Parties[name].OIN), Limit: audit.MaxFound})
	must(t, err)
	var list []string
	for _, canonical := range slices.Backward(records) {
		var r tlog.Record
		must(t, json.Unmarshal(canonical, &r))
		if r.Kind != tlog.Convenant || r.Decision == nil {
			continue
		}
		var facts struct {
			Since   time.Time `json:"sinds"`
			By      *int      `json:"vervangenDoor"`
			Parties []string  `json:"partijen"`
		}
		must(t, json.Unmarshal(r.Facts, &facts))
		if len(facts.Parties) != 10 || facts.Since.IsZero() || r.Sender != nil || len(r.Recipients) != 10 {
			t.Errorf("record %d: %s", r.Nr, canonical)
		}
		line := fmt.Sprintf("%d %s", r.Convenant.Version, *r.Decision)
		if facts.By != nil {
			line += fmt.Sprintf(" %d", *facts.By)
		}
		list = append(list, line)
	}
	return list
}

// version publishes a next version, with another term, signed by all.
func (s *setting) version(t *testing.T, number int, from, until string) *convenant.Convenant {
	t.Helper()
	yaml := bytes.Replace(s.ConvenantYAML(t), []byte("versie: 1"), fmt.Appendf(nil, "versie: %d", number), 1)
	first, err := convenant.ParseYAML(yaml)
	must(t, err)
	yaml = bytes.Replace(yaml, []byte("van: "+first.Valid.From), []byte("van: "+from), 1)
	yaml = bytes.Replace(yaml, []byte("tot: "+first.Valid.Until), []byte("tot: "+until), 1)
	c, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, yaml)
	must(t, err)
	for _, p := range s.InOrder() {
		s.sign(t, p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now))
	}
	return c
}

func (s *setting) sign(t *testing.T, who party.OIN, compact string) {
	t.Helper()
	_, err := s.registry.PublishSignature(t.Context(), who, compact)
	must(t, err)
}

// day is a day from the clock of the setting.
func (s *setting) day(n int) string { return s.now.AddDate(0, 0, n).Format(time.DateOnly) }

func TestTheLifeOfAConvenantIsInTheTrail(t *testing.T) {
	s := newSetting(t)
	first := s.Publish(t, s.registry, s.now)
	want := []string{"1 van-kracht"}
	check := func(what string) {
		t.Helper()
		for _, name := range []string{"school", "gemeente"} {
			if diff := cmp.Diff(want, s.told(t, name)); diff != "" {
				t.Errorf("%s, as %s sees it: %s", what, name, diff)
			}
		}
	}
	check("when the last one signed")
	s.now = s.now.Add(time.Minute)
	second := s.version(t, 2, s.day(3), s.day(9))
	must(t, s.registry.FollowCalendar(t.Context()))
	check("while the day of the next one has not come")

	s.now = s.now.AddDate(0, 0, 12) // off for longer than the whole term of the next one
	if st, _ := s.registry.Snapshot().Convenant(first.ID, 1); st.InForce(s.now) || st.ReplacedBy(s.now) != 2 {
		t.Error("what is in force waits for the clockwork")
	}
	s.close(t)
	s.open(t)
	must(t, s.registry.FollowCalendar(t.Context()))
	want = append(want, "2 van-kracht", "1 vervangen 2", "2 vervallen")
	check("after days that nobody saw")
	for range 2 {
		s.close(t)
		s.open(t)
		must(t, s.registry.FollowCalendar(t.Context()))
		check("when looked at again")
	}

	s.now = s.now.Add(time.Minute)
	third := s.version(t, 3, s.day(-1), s.day(9))
	school := s.Parties["school"]
	s.now = s.now.Add(time.Minute)
	size := s.size(t)
	s.sign(t, school.OIN, school.SignConvenant(t, third, convenant.Withdrawn, s.now))
	want = append(want, "3 van-kracht", "3 ingetrokken")
	if check("withdrawn"); s.size(t) != size+2 {
		t.Error("the withdrawal and its effect are not two records")
	}
	s.close(t)
	s.open(t)
	for _, c := range []*convenant.Convenant{first, second} {
		if st, _ := s.registry.Snapshot().Convenant(c.ID, c.Version); st.InForce(s.now) || st.ReplacedBy(s.now) != 3 {
			t.Errorf("version %d came back", c.Version)
		}
	}
}

// TestADraftThatEndsBeforeItBeginsReplacesNothing: withdrawn before its day.
func TestADraftThatEndsBeforeItBeginsReplacesNothing(t *testing.T) {
	s := newSetting(t)
	first := s.Publish(t, s.registry, s.now)
	second := s.version(t, 2, s.day(3), s.day(9))
	s.now = s.now.Add(time.Minute)
	school := s.Parties["school"]
	s.sign(t, school.OIN, school.SignConvenant(t, second, convenant.Withdrawn, s.now))
	for _, days := range []int{0, 4, 30} {
		at := s.now.AddDate(0, 0, days)
		if st, _ := s.registry.Snapshot().Convenant(first.ID, 1); !st.InForce(at) {
			t.Errorf("after %d days the first version is gone", days)
		}
	}
	s.now = s.now.AddDate(0, 0, 4)
	must(t, s.registry.FollowCalendar(t.Context()))
	if diff := cmp.Diff([]string{"1 van-kracht"}, s.told(t, "school")); diff != "" {
		t.Error(diff)
	}
}

// TestWhatWasKeptInDoubtIsToldOnce: the outcome of the commit that tells was unknown.
func TestWhatWasKeptInDoubtIsToldOnce(t *testing.T) {
	for _, kept := range []bool{true, false} {
		s := newSetting(t)
		s.Publish(t, s.registry, s.now)
		s.version(t, 2, s.day(3), s.day(9))
		s.now = s.now.AddDate(0, 0, 4)
		log := &doubtful{Committer: s.log}
		r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.clock)
		must(t, err)
		log.commit = inDoubt(s.log, kept)
		if err := r.FollowCalendar(t.Context()); err == nil {
			t.Error("no error")
		}
		log.commit = nil
		must(t, r.FollowCalendar(t.Context()))
		if diff := cmp.Diff([]string{"1 van-kracht", "2 van-kracht", "1 vervangen 2"}, s.told(t, "school")); diff != "" {
			t.Errorf("kept %v: %s", kept, diff)
		}
	}
}
