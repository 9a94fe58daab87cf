package relay_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// closing are rules that allow nothing from a moment on.
type closing struct {
	*policy.Engine
	at string // as `vastgesteld.tijd` has it
}

func (c *closing) Decide(ctx context.Context, f policy.Facts) (policy.Decision, error) {
	if f.Established.Time >= c.at {
		return (&refusing{}).Decide(ctx, f)
	}
	return c.Engine.Decide(ctx, f)
}

// turning are the ways in which what is allowed is no more, of which nothing in the log tells.
var turning = map[string]func(s *setting) (turn func()){
	"other rules": func(s *setting) func() { return func() { s.rules = &refusing{} } },
	"another hour": func(s *setting) func() {
		s.rules = &closing{s.policy.Engine, s.now().Add(2 * time.Second).UTC().Format(time.RFC3339)}
		return func() { s.pass(2 * time.Second) }
	},
}

// refusedBetween lets an envelope be refused at another process when one here has decided that it may, and has not kept it yet: right after
// that the sender has his answer. It counts how often it is tried here to keep anything.
func (s *setting) refusedBetween(t *testing.T, l *letter, turn, back func()) (tries *int) {
	t.Helper()
	_, there := s.elsewhere(t)
	tries = new(int)
	s.log.before = func(audit.Change) error {
		if *tries++; *tries == 1 {
			turn()
			_, err := there.Accept(t.Context(), l.caller, l.upload())
			var denied *relay.Denied
			if !errors.As(err, &denied) {
				t.Errorf("told %v at the other process, want a refusal", err)
			}
			back()
		}
		return nil
	}
	return tries
}

// TestRefusedElsewhereIsNotAcceptedHere: who was told "no" at one process has not sent his message by another, that stood still for a moment
// between deciding and keeping. Both say no, and the trail says so twice.
func TestRefusedElsewhereIsNotAcceptedHere(t *testing.T) {
	for name, open := range engines {
		for why, turns := range turning {
			t.Run(name+"/"+why, func(t *testing.T) {
				s := newSettingOn(t, open)
				turn := turns(s)
				l := s.letter(t).sign(t)
				tries := s.refusedBetween(t, l, turn, func() {})
				_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
				var denied *relay.Denied
				if !errors.As(err, &denied) || *tries != 2 {
					t.Errorf("told %v here, and %d tries; want a refusal after the second", err, *tries)
				}
				s.notKept(t, l.envelope.ID)
				if n, offered := s.refusals(t, l.envelope.ID), s.recorded(t, tlog.Offered, l.envelope.ID); n != 2 || offered != 0 {
					t.Errorf("the trail holds %d refusals, and %d times that it was offered", n, offered)
				}
			})
		}
	}
}

// TestRefusedElsewhereAndAllowedAgain: when what was refused meanwhile is allowed after all, that is decided anew, and stands in the trail
// behind the refusal: nothing is accepted on a decision of before it.
func TestRefusedElsewhereAndAllowedAgain(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			s := newSettingOn(t, open)
			l := s.letter(t).sign(t)
			asked := 0
			s.policy.after = func(d policy.Decision) (policy.Decision, error) { asked++; return d, nil }
			tries := s.refusedBetween(t, l, func() { s.rules = &refusing{} }, func() { s.rules = nil; s.pass(time.Second) })
			done, err := s.relay.Accept(t.Context(), l.caller, l.upload())
			must(t, err)
			offered, err := s.verifier(done.Receipt)
			must(t, err)
			if before := s.record(t, offered.Nr-2); *tries != 2 || asked != 2 || before.Kind != tlog.Decided || *before.Decision == audit.Allowed {
				t.Errorf("after %d tries, the rules asked %d times, accepted in record %d; before it stands %s", *tries, asked, offered.Nr, before.Kind)
			}
			if again, err := s.relay.Accept(t.Context(), l.caller, l.upload()); err != nil || !again.Again {
				t.Errorf("sent again: %+v, %v", again, err)
			}
		})
	}
}

// TestRefusedAndSentAgain: who sends again what was refused, and what is allowed now, is not held up.
func TestRefusedAndSentAgain(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			s := newSettingOn(t, open)
			_, there := s.elsewhere(t)
			l := s.letter(t).sign(t)
			s.rules = &refusing{}
			_, err := there.Accept(t.Context(), l.caller, l.upload())
			var denied *relay.Denied
			if !errors.As(err, &denied) {
				t.Fatalf("told %v, want a refusal", err)
			}
			s.rules = nil
			tries := 0
			s.log.before = func(audit.Change) error { tries++; return nil }
			_, err = s.relay.Accept(t.Context(), l.caller, l.upload())
			must(t, err)
			if tries != 1 {
				t.Errorf("kept after %d tries", tries)
			}
		})
	}
}

// TestAConfirmationThatWaited: what another process has refused meanwhile by the hour is not kept here either, though nothing in the log tells
// of it: the day of a substitute is over, or the confirmation is too old.
func TestAConfirmationThatWaited(t *testing.T) {
	for name, c := range map[string]struct {
		still time.Duration
		by    string
		want  func(error) bool
	}{
		"a substitute, until midnight": {3 * time.Minute, "wa-8", func(err error) bool { return errors.Is(err, relay.ErrNotAddressed) }},
		"too old":                      {message.ClockSkew + time.Second, "wa-7", isFault},
		"in time":                      {message.ClockSkew - time.Second, "wa-7", func(err error) bool { return err == nil }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t)
			for party.Day(s.now()) == party.Day(s.now().Add(2*time.Minute)) {
				s.pass(time.Minute) // until shortly before midnight
			}
			_, there := s.elsewhere(t)
			l := s.letter(t)
			s.send(t, l)
			if c.by != "wa-7" {
				s.absent(t, "wa-7", c.by, party.Day(s.now()))
			}
			caller, compact := s.caller(t, "politie", c.by), s.confirmation(t, l, message.Received, s.police(c.by))
			var told error
			s.log.before = before(func() {
				s.pass(c.still)
				_, _, told = there.Confirm(t.Context(), caller, l.envelope.ID, compact)
			})
			_, _, err := s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact)
			if !c.want(told) || !c.want(err) {
				t.Errorf("told %v there, and %v here", told, err)
			}
			if n := s.recorded(t, tlog.Received, l.envelope.ID); n != map[bool]int{true: 1}[c.want(nil)] {
				t.Errorf("%d confirmations are kept", n)
			}
		})
	}
}

func isFault(err error) bool {
	var faults fault.List
	return errors.As(err, &faults)
}
