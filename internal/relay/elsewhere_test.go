package relay_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// elsewhere makes another process on the store of the setting: a log, a registry and a relay of its own.
func (s *setting) elsewhere(t *testing.T) (*registry.Registry, *relay.Relay) {
	t.Helper()
	store := s.another()
	log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: origin, Signer: s.signer, Now: s.now, Passed: s.passed})
	must(t, err)
	t.Cleanup(func() { must(t, log.Close()) })
	r, err := registry.New(t.Context(), store, log, s.Anchors, s.now)
	must(t, err)
	return r, relay.New(relay.Options{
		Store: store, Log: log, Policy: s.decider, Registry: r.Snapshot, CatchUp: r.CatchUp,
		Keys: s.keys, Waker: s.hub, Now: s.now,
	})
}

// withdrawAt lets the school withdraw from the convenant at a process, and gives the record of it.
func (s *setting) withdrawAt(t *testing.T, at *registry.Registry) tlog.Record {
	school := s.Parties["school"]
	st, _ := at.Snapshot().Convenant("denbosch-school-en-veiligheid", 1)
	receipt, err := at.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, st.Convenant, convenant.Withdrawn, s.now()))
	if err != nil {
		t.Error(err)
		return tlog.Record{}
	}
	record, err := s.verifier(receipt)
	must(t, err)
	return record
}

// before lets something happen once, when something is about to be kept.
func before(happens func()) func(audit.Change) error {
	var done sync.Once
	return func(audit.Change) error { done.Do(happens); return nil }
}

// TestAWithdrawalAtAnotherProcess is in force here for every message that commits after it, wherever that message was.
func TestAWithdrawalAtAnotherProcess(t *testing.T) {
	for name, when := range map[string]func(*setting, *letter, func()) relay.Upload{
		"it had not come":      func(_ *setting, l *letter, withdraw func()) relay.Upload { withdraw(); return l.upload() },
		"it was on its way in": func(_ *setting, l *letter, withdraw func()) relay.Upload { return l.during(withdraw) },
		"it was allowed, not kept": func(s *setting, l *letter, withdraw func()) relay.Upload {
			s.log.before = before(withdraw)
			return l.upload()
		},
		"it was refused, otherwise": func(s *setting, l *letter, withdraw func()) relay.Upload {
			l.envelope.Categories = append(l.envelope.Categories, "gezondheid") // which the convenant does not allow
			s.log.before = before(withdraw)
			return l.sign(t).upload()
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t)
			other, _ := s.elsewhere(t)
			l, size := s.letter(t).sign(t), s.size(t)
			_, err := s.relay.Accept(t.Context(), l.caller, when(s, l, func() { s.withdrawAt(t, other) }))
			var denied *relay.Denied
			if !errors.As(err, &denied) || denied.Reasons[0].Code != "convenant-niet-van-kracht" {
				t.Fatalf("error is %v, want a refusal for the withdrawal", err)
			}
			s.notKept(t, l.envelope.ID)
			if last := s.record(t, size+2); last.Kind != tlog.Decided || *last.Decision == audit.Allowed || s.size(t) != size+3 {
				t.Errorf("after the withdrawal the trail has a %s, and %d records more", last.Kind, s.size(t)-size-2)
			}
		})
	}
}

// TestWhatWasPublishedAtAnotherProcess a moment ago is known here: nobody is refused because of the road that he took.
func TestWhatWasPublishedAtAnotherProcess(t *testing.T) {
	s := newSetting(t)
	_, here := s.elsewhere(t)
	sender := s.renew(t, "school", "vc-1") // a new key: what comes now is signed by a stranger, as far as is known here
	s.renew(t, "politie", "wa-7")
	l := s.letter(t, func(l *letter) {
		l.key = sender
		l.caller, l.envelope.Recipients[0].Participants[0].Card = s.caller(t, "school", "vc-1"), 2
	})
	_, err := here.Accept(t.Context(), l.caller, l.sign(t).upload())
	must(t, err)
}

// TestWhoseCardWasReplacedElsewhere fetches and confirms no more by the old one, also when the call was let in before.
func TestWhoseCardWasReplacedElsewhere(t *testing.T) {
	for _, committing := range []bool{false, true} {
		s := newSetting(t)
		_, here := s.elsewhere(t)
		l := s.letter(t)
		s.send(t, l)
		caller, compact := s.caller(t, "politie", "wa-7"), s.confirmation(t, l, message.Received, s.police("wa-7"))
		replace := func() { s.renew(t, "politie", "wa-7") }
		at := here
		if committing { // it changes elsewhere when all was looked at
			other, _ := s.elsewhere(t)
			politie := s.Parties["politie"]
			next := *politie.Person("wa-7")
			next.Key = registrytest.Key(t)
			next.Card.Key, next.Card.Version = &next.Key.PublicKey, 2
			card := politie.SignPerson(t, &next)
			at = s.relay
			s.log.before = before(func() {
				if _, err := other.PublishCard(t.Context(), politie.OIN, card); err != nil {
					t.Error(err)
				}
			})
		} else {
			replace()
		}
		size := s.size(t)
		if _, _, err := at.Fetch(t.Context(), caller, l.envelope.ID, relay.PayloadPart); err == nil {
			t.Errorf("committing %v: fetched by a card that was replaced", committing)
		}
		if _, _, err := at.Confirm(t.Context(), caller, l.envelope.ID, compact); err == nil {
			t.Errorf("committing %v: confirmed by a card that was replaced", committing)
		}
		if got := s.size(t) - size; got > 1 || got == 1 && !committing {
			t.Errorf("committing %v: %d records", committing, got)
		}
	}
}

// TestAKeyThatIsDestroyedElsewhere during the upload: what nobody could read is not accepted.
func TestAKeyThatIsDestroyedElsewhere(t *testing.T) {
	s := newSetting(t)
	l, size := s.letter(t).sign(t), s.size(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.during(func() { must(t, s.keys.Destroy(s.today())) }))
	wantErr(t, err, relay.ErrKeyGone)
	s.unchanged(t, size, l.envelope.ID)
}

// TestKeysThatAreLost during the upload: by now the day has another key, under which nobody could read it.
func TestKeysThatAreLost(t *testing.T) {
	s := newSetting(t)
	must(t, s.keys.Belong("sluis.test/log", false))
	l, size := s.letter(t).sign(t), s.size(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.during(func() {
		folder := filepath.Join(s.dir, daykey.FolderName)
		must(t, os.Rename(folder, folder+".weg"))
		anew, err := daykey.Open(folder)
		must(t, err)
		must(t, anew.Belong("sluis.test/log", false))
		_, err = anew.Get(s.today(), true)
		must(t, err)
	}))
	wantErr(t, err, relay.ErrKeyGone)
	s.unchanged(t, size, l.envelope.ID)
}

// TestNothingIsOfferedAfterAWithdrawal: many messages at two processes, and in the midst of them a withdrawal at one. After its record
// stands none that a message was offered, whichever process took it in.
func TestNothingIsOfferedAfterAWithdrawal(t *testing.T) {
	for range 3 {
		s := newSetting(t)
		other, there := s.elsewhere(t)
		var sending sync.WaitGroup
		start := s.size(t)
		for i := range 8 {
			at := []*relay.Relay{s.relay, there}[i%2]
			sending.Go(func() {
				for range 1000 { // until it is refused, which it must be long before
					l := s.letter(t).sign(t)
					_, err := at.Accept(t.Context(), l.caller, l.upload())
					var denied *relay.Denied
					if errors.As(err, &denied) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for s.size(t) < start+40 { // they are under way
			time.Sleep(time.Millisecond)
		}
		withdrawn := s.withdrawAt(t, other).Nr
		sending.Wait()
		offered, after := 0, 0
		for nr := start; nr < s.size(t); nr++ {
			if s.record(t, nr).Kind == tlog.Offered {
				if offered++; nr > withdrawn {
					after++
				}
			}
		}
		if after > 0 || offered == 0 {
			t.Errorf("%d messages were offered, %d of them after the withdrawal", offered, after)
		}
		s.sound(t)
	}
}
