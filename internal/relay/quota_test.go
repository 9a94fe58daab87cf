package relay_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
)

func TestMaximumIsCountedOverAWindow(t *testing.T) {
	s := newSetting(t)
	letter := s.under(t, "[{maximum: {aantal: 2, per: P1D}}]")
	s.send(t, letter())
	s.pass(12 * time.Hour)
	s.send(t, letter())
	s.refusedFor(t, letter(), "quotum-bereikt")
	s.refusedFor(t, letter(), "quotum-bereikt") // what was refused does not count
	s.send(t, s.letter(t))                      // under a convenant that asks for none
	s.pass(12*time.Hour - time.Minute)
	s.refusedFor(t, letter(), "quotum-bereikt")
	s.pass(time.Minute) // the first is a day ago; the one under the other convenant counts as well
	s.refusedFor(t, letter(), "quotum-bereikt")
	s.pass(12 * time.Hour)
	s.send(t, letter())
}

// TestOneLeftForManyAtOnce: exactly one is accepted, also between two processes.
func TestOneLeftForManyAtOnce(t *testing.T) {
	s := newSetting(t)
	letter := s.under(t, "[{maximum: {aantal: 1, per: PT1H}}]")
	elsewhere := s.relayOn(s.store)
	for range races / 2 {
		s.pass(2 * time.Hour)
		errs := make([]error, 6)
		var all []func()
		for i := range errs {
			l, it := letter().sign(t), []*relay.Relay{s.relay, elsewhere}[i%2]
			all = append(all, func() { _, errs[i] = it.Accept(t.Context(), l.caller, l.upload()) })
		}
		atOnce(all...)
		accepted := 0
		for _, err := range errs {
			var denied *relay.Denied
			switch {
			case err == nil:
				accepted++
			case !errors.As(err, &denied) || denied.Reasons[0].Code != "quotum-bereikt":
				t.Errorf("told %v", err)
			}
		}
		if accepted != 1 {
			t.Errorf("%d accepted, with room for one", accepted)
		}
	}
	s.sound(t)
}

// TestAskCountsAndTakesAColleagueAlong: who asks hears that the maximum is reached, and that somebody must sign as well.
func TestAskCountsAndTakesAColleagueAlong(t *testing.T) {
	s := newSetting(t)
	letter := s.under(t, "[vier-ogen, {maximum: {aantal: 1, per: P1D}}]")
	advice, err := s.relay.Ask(t.Context(), question(letter()))
	must(t, err)
	if !advice.Decision.Allow || !slices.ContainsFunc(advice.Decision.Obligations, func(o policy.Obligation) bool { return o.Code == "vier-ogen" }) {
		t.Errorf("advised %+v", advice.Decision)
	}
	s.send(t, letter(s.by(t, s.Parties["school"].Person("zc-1"))))
	advice, err = s.relay.Ask(t.Context(), question(letter()))
	must(t, err)
	if advice.Decision.Allow || len(advice.Decision.Reasons) != 1 || advice.Decision.Reasons[0].Code != "quotum-bereikt" {
		t.Errorf("advised %+v", advice.Decision)
	}
}
