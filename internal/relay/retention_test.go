package relay_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// leaving is a store that holds nothing but what is due.
type leaving struct {
	relay.Store
	due []relay.Due
}

func (s *leaving) Due(context.Context, time.Time, int) ([]relay.Due, error) { return s.due, nil }

// changes is a log that keeps what it is given, and takes it away from the store.
type changes struct {
	relay.Log
	store *leaving
	kept  []audit.Change
	err   error
}

func (l *changes) Commit(_ context.Context, c audit.Change) (audit.Committed, error) {
	if l.kept = append(l.kept, c); l.err == nil {
		l.store.due = nil
	}
	return audit.Committed{}, l.err
}

// TestEachPartyIsToldOfItsOwn: what was pruned is told to each party that could read it, and of others' records it learns nothing.
func TestEachPartyIsToldOfItsOwn(t *testing.T) {
	end := func(day int) time.Time { return time.Date(2031, 11, day, 0, 0, 0, 0, time.UTC) }
	store := &leaving{due: []relay.Due{
		{Nr: 10, Until: end(1), Parties: []string{"A", "B"}}, {Nr: 11, Until: end(3), Parties: []string{"B"}},
		{Nr: 12, Until: end(2), Parties: []string{"B", "A"}}, {Nr: 20, Until: end(4)},
	}}
	log := &changes{store: store}
	must(t, relay.New(relay.Options{Store: store, Log: log, Now: time.Now}).Prune(t.Context()))
	if len(log.kept) != 1 || log.kept[0].Keep != "" {
		t.Fatalf("kept %+v", log.kept)
	}
	c := log.kept[0]
	if diff := cmp.Diff([]audit.Write{relay.PruneWrite{Records: []int64{10, 11, 12, 20}}}, c.Writes); diff != "" {
		t.Error(diff)
	}
	told := map[string]string{}
	for _, r := range c.Records {
		to := ""
		if len(r.Recipients) > 0 {
			to = r.Recipients[0].Party
		}
		if r.Kind != tlog.Pruned || r.Sender != nil || r.Case != nil || r.Message != nil || len(r.Recipients) > 1 {
			t.Errorf("a record says more than it should: %+v", r)
		}
		told[to] = string(r.Facts)
	}
	want := map[string]string{
		"A": `{"aantal":2,"regels":[[10,10],[12,12]],"tot":"2031-11-02T00:00:00Z"}`,
		"B": `{"aantal":3,"regels":[[10,12]],"tot":"2031-11-03T00:00:00Z"}`,
		"":  `{"aantal":1,"regels":[[20,20]],"tot":"2031-11-04T00:00:00Z"}`,
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

// TestAStoreThatRefusesIsHeardOf: it is asked again, because a hold may have come in between, but not for ever.
func TestAStoreThatRefusesIsHeardOf(t *testing.T) {
	for _, refusal := range []error{audit.ErrConflict, audit.ErrLeap} {
		store := &leaving{due: []relay.Due{{Nr: 1}}}
		log := &changes{store: store, err: refusal}
		err := relay.New(relay.Options{Store: store, Log: log, Now: time.Now}).Prune(t.Context())
		if !errors.Is(err, refusal) || len(log.kept) > 10 {
			t.Errorf("%v: asked %d times, %v", refusal, len(log.kept), err)
		}
	}
}

// outrun is a log before which another process prunes, a number of times.
type outrun struct {
	changes
	times int
}

func (l *outrun) Commit(ctx context.Context, c audit.Change) (audit.Committed, error) {
	if l.times--; l.times >= 0 {
		l.store.due[0].Nr++
		return audit.Committed{}, audit.ErrConflict
	}
	return l.changes.Commit(ctx, c)
}

// TestWhoIsOutrunGoesOn: that another gateway is sooner, however often, is no store that refuses.
func TestWhoIsOutrunGoesOn(t *testing.T) {
	store := &leaving{due: []relay.Due{{Nr: 1}}}
	log := &outrun{changes{store: store}, 20}
	must(t, relay.New(relay.Options{Store: store, Log: log, Now: time.Now}).Prune(t.Context()))
	if len(log.kept) != 1 {
		t.Errorf("pruned %d times", len(log.kept))
	}
}

// TestTheConvenantSaysHowLong, of the version that a record names; the operator says it for the rest.
func TestTheConvenantSaysHowLong(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	r := relay.New(relay.Options{Registry: s.registry.Snapshot, Retain: "P9Y"})
	for name, test := range map[string]struct {
		record tlog.Record
		want   string
	}{
		"of a message":           {tlog.Record{Kind: tlog.Fetched, Convenant: &tlog.ConvenantRef{ID: l.envelope.Convenant.ID, Version: l.envelope.Convenant.Version}}, "P5Y"},
		"of a version not known": {tlog.Record{Kind: tlog.Decided, Convenant: &tlog.ConvenantRef{ID: l.envelope.Convenant.ID, Version: 99}}, "P9Y"},
		"of no convenant":        {tlog.Record{Kind: tlog.Held}, "P9Y"},
		"of pruning":             {tlog.Record{Kind: tlog.Pruned}, ""},
	} {
		if got := r.Retained(audit.Change{Records: []tlog.Record{test.record}}); got != test.want {
			t.Errorf("a record %s stays %q, want %q", name, got, test.want)
		}
	}
	kept := ""
	s.log.before = func(c audit.Change) error { kept = c.Keep; return nil }
	if s.send(t, l); kept != "P5Y" {
		t.Errorf("what was sent stays %q", kept)
	}
}
