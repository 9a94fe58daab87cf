package relay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// landing is a store in which something happens right after a message was looked for in vain: the first send of it lands, which another
// process took in and was killed over before it could answer.
type landing struct {
	relay.Store
	lands  func()
	staged map[string]bool // staging ids, true when dropped
}

func (l *landing) Known(ctx context.Context, id, caseID string) (relay.Known, error) {
	known, err := l.Store.Known(ctx, id, caseID)
	if lands := l.lands; lands != nil {
		l.lands = nil
		lands()
	}
	return known, err
}

func (l *landing) Stage(ctx context.Context, staging string, part relay.Part, nr int, chunk []byte) error {
	l.staged[staging] = false
	return l.Store.Stage(ctx, staging, part, nr, chunk)
}

func (l *landing) DropStaged(ctx context.Context, staging string) error {
	l.staged[staging] = true
	return l.Store.DropStaged(ctx, staging)
}

// refusals counts the records that a message was refused.
func (s *setting) refusals(t testing.TB, id string) (n int) {
	t.Helper()
	for nr := range s.size(t) {
		if r := s.record(t, nr); r.Kind == tlog.Decided && r.Message != nil && *r.Message == id && *r.Decision != audit.Allowed {
			n++
		}
	}
	return n
}

// refusedSince are the ways in which what was allowed a moment ago is no more. Of each, the process that gets the second send learns before
// it decides, or when it commits.
var refusedSince = map[string]func(*testing.T, *setting) (first *letter, then func()){
	"withdrawn, and known here": func(t *testing.T, s *setting) (*letter, func()) { return s.letter(t), func() { s.withdraw(t) } },
	"withdrawn elsewhere": func(t *testing.T, s *setting) (*letter, func()) {
		other, _ := s.elsewhere(t)
		return s.letter(t), func() { s.withdrawAt(t, other) }
	},
	"the last that a maximum allows": func(t *testing.T, s *setting) (*letter, func()) {
		return s.under(t, "[{maximum: {aantal: 1, per: P1D}}]")(), func() {}
	},
	"a card was replaced": func(t *testing.T, s *setting) (*letter, func()) {
		return s.letter(t), func() { s.renew(t, "politie", "wa-7") }
	},
	"too late": func(t *testing.T, s *setting) (*letter, func()) { return s.letter(t), func() { s.pass(time.Hour) } },
	"the sender has another key": func(t *testing.T, s *setting) (*letter, func()) {
		return s.letter(t), func() { s.renew(t, "school", "vc-1") }
	},
}

// TestARepeatedSendIsNotRefused: the first send of a message lands right after its second looked for it, and what allowed it is over at once.
// The second gets the answer of the first; another envelope under the same id is told that it is taken. Nobody is told "refused", nothing
// says so in the trail, and of the second upload nothing stays.
func TestARepeatedSendIsNotRefused(t *testing.T) {
	for name, since := range refusedSince {
		for _, size := range []int{4096, 300 << 10} { // inline, staged
			t.Run(name, func(t *testing.T) {
				s := newSetting(t)
				l, then := since(t, s)
				l.payload = s.sealed(t, size, "wa-7")
				l.sign(t)
				var first relay.Accepted
				here := &landing{Store: s.store, staged: map[string]bool{}, lands: func() {
					var err error
					first, err = s.relay.Accept(t.Context(), l.caller, l.upload())
					must(t, err)
					then()
				}}
				again, err := s.relayOn(here).Accept(t.Context(), l.caller, l.upload())
				if err != nil || !again.Again || again.ID != l.envelope.ID || again.Receipt.Proof != first.Receipt.Proof ||
					!bytes.Equal(again.Receipt.Record, first.Receipt.Record) {
					t.Errorf("the second send is told %v, %+v", err, again)
				}
				if n := s.refusals(t, l.envelope.ID); n != 0 {
					t.Errorf("the trail holds %d refusals of a message that was accepted", n)
				}
				for staging, dropped := range here.staged {
					if !dropped {
						t.Errorf("ciphertext of the second send stays at %s", staging)
					}
				}
				if got := s.fetched(t, l); !bytes.Equal(got, l.payload) {
					t.Error("what is fetched is not what was sent")
				}
			})
		}
	}
}

// TestATakenIDIsNotRefused: the same, for another envelope under the id.
func TestATakenIDIsNotRefused(t *testing.T) {
	for name, since := range refusedSince {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t)
			l, then := since(t, s)
			l.sign(t)
			other := *l
			other.payload = s.sealed(t, 300<<10, "wa-7")
			other.sign(t)
			here := &landing{Store: s.store, staged: map[string]bool{}, lands: func() {
				_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
				must(t, err)
				then()
			}}
			_, err := s.relayOn(here).Accept(t.Context(), other.caller, other.upload())
			wantErr(t, err, relay.ErrIDTaken)
			var denied *relay.Denied
			if errors.As(err, &denied) || s.refusals(t, l.envelope.ID) != 0 {
				t.Errorf("told %v, with %d refusals in the trail", err, s.refusals(t, l.envelope.ID))
			}
		})
	}
}

// TestARepeatedConfirmationIsNotRefused: a substitute confirms, and does so again when the colleague is back. What was kept is not told to be
// none of his business.
func TestARepeatedConfirmationIsNotRefused(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	s.absent(t, "wa-7", "wa-8", party.Day(s.now()))
	caller, compact := s.caller(t, "politie", "wa-8"), s.confirmation(t, l, message.Received, s.police("wa-8"))
	_, first, err := s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact)
	must(t, err)
	s.absent(t, "wa-7", "wa-8", party.Day(s.now().AddDate(0, 0, -1)))
	_, again, err := s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact)
	if err != nil || again.Proof != first.Proof {
		t.Errorf("the second is told %v", err)
	}
	other := s.confirmation(t, l, message.TakenOver, s.police("wa-8"))
	_, _, err = s.relay.Confirm(t.Context(), caller, l.envelope.ID, other)
	wantErr(t, err, relay.ErrNotAddressed)
}

// TestADecisionThatWaited: a process that stands still between deciding and keeping decides again, by what is so when it goes on: the hour, the
// day, the cards of then. What it does not wait for long is kept as it was decided.
func TestADecisionThatWaited(t *testing.T) {
	for still, tries := range map[time.Duration]int{0: 1, 9 * time.Second: 1, 11 * time.Second: 2, 29 * time.Minute: 2} {
		s := newSetting(t)
		l := s.letter(t).sign(t)
		tried := 0
		s.log.before = func(audit.Change) error {
			if tried++; tried == 1 {
				s.pass(still)
			}
			return nil
		}
		done, err := s.relay.Accept(t.Context(), l.caller, l.upload())
		s.log.before = nil
		must(t, err)
		offered, err := s.verifier(done.Receipt)
		must(t, err)
		decided := s.record(t, offered.Nr-1)
		var facts policy.Facts
		must(t, json.Unmarshal(decided.Facts, &facts))
		began := s.now()
		if tries == 1 {
			began = began.Add(-still)
		}
		if want := began.UTC().Format(time.RFC3339); tried != tries || facts.Established.Time != want {
			t.Errorf("after standing still for %v: tried %d times, decided by the time %s, want %d and %s", still, tried, facts.Established.Time, tries, want)
		}
	}
}
