package replay_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// trail is a store that holds decisions in memory, the oldest first.
type trail struct {
	replay.Store
	records [][]byte
	asked   func() // before each page
}

func (s *trail) DecisionsUnder(_ context.Context, _ string, before int64, limit int) (page [][]byte, err error) {
	if s.asked != nil {
		s.asked()
	}
	if before <= 0 {
		before = int64(len(s.records))
	}
	for nr := before - 1; nr >= 0 && len(page) < limit; nr-- {
		page = append(page, s.records[nr])
	}
	return page, nil
}

// keep adds a decision on facts, its nr being its place.
func (s *trail) keep(t testing.TB, e *policy.Engine, f policy.Facts) {
	t.Helper()
	record := recorded(t, e, int64(len(s.records)), f)
	record.TraceID, record.SpanID, record.Salt = strings.Repeat("a", 32), strings.Repeat("b", 16), saltOf(record.Salt)
	canonical, err := record.Canonical()
	must(t, err)
	s.records = append(s.records, canonical)
}

// saltOf makes a salt of the right length.
func saltOf(text string) string {
	d := digest.Of([]byte(text)).String()
	return strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(d[len("sha-256=:") : len(d)-1])
}

// known is one version that is in force, and no card.
type known struct{ c *convenant.Convenant }

func (k known) Convenant(string, int) (convenant.Standing, bool) {
	return convenant.Standing{Convenant: k.c}, k.c != nil
}

func (known) Party(party.OIN, time.Time) (card party.VerifiedCard, valid, known bool) {
	return card, false, false
}

var since = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func simulate(t testing.TB, s *trail, e *policy.Engine, draft *convenant.Convenant) replay.Simulation {
	t.Helper()
	got, err := replay.Simulate(context.Background(), s, e, known{c: nil}, replay.Question{Draft: draft, By: city, Since: since})
	must(t, err)
	return got
}

// Trying the version in force itself turns nothing, whatever was decided under it.
func TestTheVersionInForceTurnsNothing(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	rapid.Check(t, func(r *rapid.T) {
		s := &trail{}
		for range rapid.IntRange(0, 12).Draw(r, "decisions") {
			f := signal(c, rapid.IntRange(0, 3).Draw(r, "phase"))
			f.Established.Convenant.InForce = rapid.Bool().Draw(r, "in force")
			f.Established.Recipient.Pinned = rapid.Bool().Draw(r, "pinned")
			f.Established.Sender.Member = rapid.Bool().Draw(r, "member")
			f.Stated.Statements["proportioneel"] = rapid.Bool().Draw(r, "weighed")
			s.keep(t, e, f)
		}
		if got := simulate(t, s, e, c); got.Turned() != 0 || len(got.Groups) != 0 {
			r.Fatalf("%+v", got)
		}
	})
}

func TestSimulateCountsWhatTurns(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	stricter := example(t, func(s string) string { return strings.ReplaceAll(s, "fase-minimaal: 2", "fase-minimaal: 3") })
	looser := example(t, func(s string) string { return strings.ReplaceAll(s, "fase-minimaal: 2", "fase-minimaal: 1") })
	s := &trail{}
	for i := range 24 {
		f := signal(c, 1+i%3)
		s.keep(t, e, f)
	}
	for name, want := range map[string]struct {
		draft  *convenant.Convenant
		turn   replay.Turn
		reason string
	}{
		"stricter": {stricter, replay.ToNo, "fase-te-laag"}, "looser": {looser, replay.ToYes, "fase-te-laag"},
	} {
		got, err := replay.Simulate(context.Background(), s, e, known{c}, replay.Question{Draft: want.draft, By: city, Since: since})
		must(t, err)
		if got.Turned() != 8 || len(got.Groups) != 1 || got.Groups[0].Turn != want.turn || got.Groups[0].Reason != want.reason || got.Groups[0].Flow != "signaal-school-politie" {
			t.Errorf("%s: %d, %+v", name, got.Turned(), got)
		}
	}
}

// What cannot be said is counted apart: facts that lack what the rules of now look at, and a maximum over a period that nobody counted.
func TestSimulateSaysWhatItCannotSay(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	counting := example(t, func(s string) string {
		return strings.ReplaceAll(s, "{fase-minimaal: 2}", "{fase-minimaal: 2}, {maximum: {aantal: 3, per: P1D}}")
	})
	s, old := &trail{}, &trail{}
	for range 6 {
		s.keep(t, e, signal(c, 2))
		old.keep(t, e, signal(c, 2))
		last := &old.records[len(old.records)-1]
		*last = []byte(strings.Replace(string(*last), `"verstuurd":[],`, "", 1))
	}
	for name, got := range map[string]replay.Simulation{
		"a period that was not counted": simulate(t, s, e, counting), "a fact that is not there": simulate(t, old, e, counting),
	} {
		if got.Unsaid.Others == nil || got.Turned() != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// It stops at the first record that is too old, and when its time is over.
func TestSimulateIsBounded(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	s := &trail{}
	for range 250 {
		s.keep(t, e, signal(c, 2))
	}
	late := replay.Question{Draft: c, By: city, Since: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}
	if got, err := replay.Simulate(context.Background(), s, e, known{c}, late); err != nil || got.Decisions.Others != nil || got.Cut {
		t.Errorf("after everything: %+v, %v", got, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	pages := 0
	s.asked = func() {
		if pages++; pages == 2 {
			stop()
		}
	}
	got, err := replay.Simulate(ctx, s, e, known{c}, replay.Question{Draft: c, By: city, Since: since})
	if err != nil || !got.Cut || got.Decisions.Others == nil || *got.Decisions.Others < 195 || *got.Decisions.Others > 205 {
		t.Errorf("when its time is over: %+v, %v", got, err)
	}
}
