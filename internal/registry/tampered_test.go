package registry_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// tampered is a store in which somebody changed rows. Its zero value changes nothing.
type tampered struct {
	registry.Store
	version   func(*convenant.VersionWrite)
	signature func(*convenant.SignatureWrite)
	told      func(*convenant.ChangeWrite)
}

func change[T any](list []T, err error, how func(*T)) ([]T, error) {
	if how != nil && len(list) > 0 {
		how(&list[len(list)-1])
	}
	return list, err
}

func (s *tampered) Convenants(ctx context.Context) ([]convenant.VersionWrite, error) {
	list, err := s.Store.Convenants(ctx)
	return change(list, err, s.version)
}

func (s *tampered) Signatures(ctx context.Context) ([]convenant.SignatureWrite, error) {
	list, err := s.Store.Signatures(ctx)
	return change(list, err, s.signature)
}

func (s *tampered) ConvenantChanges(ctx context.Context) ([]convenant.ChangeWrite, error) {
	list, err := s.Store.ConvenantChanges(ctx)
	return change(list, err, s.told)
}

// TestRowsThatSomebodyChanged: a gateway does not start on them, and says which.
func TestRowsThatSomebodyChanged(t *testing.T) {
	s := newSetting(t)
	s.Publish(t, s.registry, s.now)
	text := func(old, new string) func(*convenant.VersionWrite) {
		return func(w *convenant.VersionWrite) { w.YAML = bytes.Replace(w.YAML, []byte(old), []byte(new), 1) }
	}
	for name, store := range map[string]*tampered{
		"a condition that is gone":    {version: text("fase-minimaal: 2", "fase-minimaal: 1")},
		"a text that is none":         {version: text("convenant:", "convnant:")},
		"another number":              {version: func(w *convenant.VersionWrite) { w.Version = 2 }},
		"another digest":              {version: func(w *convenant.VersionWrite) { w.Digest = strings.Replace(w.Digest, ":", ":A", 1) }},
		"another form to sign":        {version: func(w *convenant.VersionWrite) { w.Canonical = append(bytes.Clone(w.Canonical), ' ') }},
		"a no that became a yes":      {signature: func(w *convenant.SignatureWrite) { w.Verdict = convenant.Withdrawn }},
		"a signature of another":      {signature: func(w *convenant.SignatureWrite) { w.Party = "00000099000000990000" }},
		"a signature under another":   {signature: func(w *convenant.SignatureWrite) { w.Version = 2 }},
		"half a signature":            {signature: func(w *convenant.SignatureWrite) { w.Compact = w.Compact[:len(w.Compact)-8] + "AAAAAAAA" }},
		"a change that was left out":  {told: func(w *convenant.ChangeWrite) { w.Seq++ }},
		"a change of what is unknown": {told: func(w *convenant.ChangeWrite) { w.Version = 7 }},
	} {
		store.Store = s.store
		_, err := registry.New(t.Context(), store, s.log, s.Anchors, s.clock)
		if err == nil || !strings.Contains(err.Error(), "denbosch-school-en-veiligheid") || !strings.Contains(err.Error(), "version ") {
			t.Errorf("%s: error is %v, want one that names the version", name, err)
		}
	}
	_, err := registry.New(t.Context(), &tampered{Store: s.store}, s.log, s.Anchors, s.clock)
	must(t, err)
}

// TestRowsThatChangeWhileItRuns: what is in force stays, and nothing is decided on it until it is known what was kept.
func TestRowsThatChangeWhileItRuns(t *testing.T) {
	s := newSetting(t)
	c := s.Publish(t, s.registry, s.now)
	store, log := &tampered{Store: s.store}, &doubtful{Committer: s.log}
	r, err := registry.New(t.Context(), store, log, s.Anchors, s.clock)
	must(t, err)
	store.version = func(w *convenant.VersionWrite) {
		w.YAML = bytes.Replace(w.YAML, []byte("fase-minimaal: 2"), []byte("fase-minimaal: 1"), 1)
	}
	log.commit = inDoubt(s.log, false)
	school := s.Parties["school"]
	_, err = r.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
	wantErr(t, err, audit.ErrInDoubt)
	before := r.Snapshot()
	if err := r.CatchUp(t.Context()); err == nil || !strings.Contains(err.Error(), c.ID+" version 1") {
		t.Errorf("error is %v, want one that names the version", err)
	}
	if st, _ := r.Snapshot().Convenant(c.ID, 1); r.Snapshot() != before || !r.Snapshot().Passing() || st.Convenant.Digest() != c.Digest() {
		t.Error("something changed, or decisions go on")
	}
	store.version = nil
	must(t, r.CatchUp(t.Context()))
	if st, _ := r.Snapshot().Convenant(c.ID, 1); !st.InForce(s.now) || r.Snapshot().Passing() {
		t.Error("it does not go on when the store is right again")
	}
}

// TestWhatDoesNotPassACheck: a draft with rules that do not compile, for example. It is not kept and replaces nothing; kept before the check
// was there, it keeps the gateway from starting.
func TestWhatDoesNotPassACheck(t *testing.T) {
	s := newSetting(t)
	first := s.Publish(t, s.registry, s.now)
	wrong := fault.List{{Place: "regels", Line: 180, Column: 5, Message: "klopt niet"}}
	check := func(c *convenant.Convenant) error {
		if c.Version > 1 {
			return wrong
		}
		return nil
	}
	r, err := registry.New(t.Context(), s.store, s.log, s.Anchors, s.clock, check)
	must(t, err)
	size, before := s.size(t), r.Snapshot()
	second := bytes.Replace(s.ConvenantYAML(t), []byte("versie: 1"), []byte("versie: 2"), 1)
	_, _, err = r.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, second)
	wantFault(t, err, "regels")
	if s.size(t) != size || r.Snapshot() != before {
		t.Error("it left something behind")
	}
	if st, _ := r.Snapshot().Convenant(first.ID, 1); !st.InForce(s.now) {
		t.Error("the good one is not in force any more")
	}
	_, _, err = s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, second) // nobody checks
	must(t, err)
	_, err = registry.New(t.Context(), s.store, s.log, s.Anchors, s.clock, check)
	var faults fault.List
	if !errors.As(err, &faults) || !strings.Contains(err.Error(), first.ID+" version 2") {
		t.Errorf("error is %v, want one that names the version", err)
	}
}

// TestAClockThatLeapsTellsNothing: a day that did not come is not in the trail, where it would stand for ever.
func TestAClockThatLeapsTellsNothing(t *testing.T) {
	s := newSetting(t)
	s.Publish(t, s.registry, s.now)
	s.version(t, 2, s.day(3), s.day(9))
	must(t, s.log.Close())
	began, real := s.now, time.Duration(0)
	must(t, s.startLog(t.Context(), func() time.Duration { return real }))
	var err error
	s.registry, err = registry.New(t.Context(), s.store, s.log, s.Anchors, s.clock)
	must(t, err)
	size := s.size(t)
	s.now = began.AddDate(0, 0, 4)
	wantErr(t, s.registry.FollowCalendar(t.Context()), audit.ErrLeap)
	s.now, real = began.Add(time.Minute), time.Minute
	must(t, s.registry.FollowCalendar(t.Context()))
	if s.size(t) != size {
		t.Error("a day that did not come is in the trail")
	}
	s.now, real = began.AddDate(0, 0, 4), 4*24*time.Hour // it comes
	must(t, s.registry.FollowCalendar(t.Context()))
	if s.size(t) != size+2 {
		t.Errorf("%d records of a day that came, want 2", s.size(t)-size)
	}
}
