package relay_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// confirmation gives a signed one by a participant, changed as a test wants.
func (s *setting) confirmation(t testing.TB, l *letter, kind message.ConfirmationKind, by *registrytest.Person, change ...func(*message.Confirmation)) string {
	t.Helper()
	u, err := message.ParseEnvelope(l.compact)
	must(t, err)
	c := message.Confirmation{Message: l.envelope.ID, Envelope: u.Digest(), Kind: kind, Conform: true, Time: message.NewTime(s.now())}
	for _, f := range change {
		f(&c)
	}
	v, err := message.SignConfirmation(c, by.Key)
	must(t, err)
	return v.Compact()
}

func (s *setting) police(id string) *registrytest.Person { return s.Parties["politie"].Person(id) }

// confirm confirms as a participant of the police.
func (s *setting) confirm(t testing.TB, l *letter, kind message.ConfirmationKind, id string) (relay.Stored, tlog.Receipt, error) {
	t.Helper()
	return s.relay.Confirm(t.Context(), s.caller(t, "politie", id), l.envelope.ID, s.confirmation(t, l, kind, s.police(id)))
}

func TestConfirmationsMoveAlongTheArrows(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	woken := s.hub.Wait(string(s.Parties["school"].OIN))
	for _, step := range []struct {
		kind message.ConfirmationKind
		want error
		then message.Status
	}{
		{message.Closed, message.ErrTransition, message.Offered},
		{message.Unreadable, nil, message.Status(message.Unreadable)},
		{message.Received, nil, message.Status(message.Received)},
		{message.Received, message.ErrTransition, message.Status(message.Received)}, // a second one of its kind
		{message.Unreadable, message.ErrTransition, message.Status(message.Received)},
		{message.TakenOver, nil, message.Status(message.TakenOver)},
		{message.HandedBack, message.ErrTransition, message.Status(message.TakenOver)},
		{message.Closed, nil, message.Status(message.Closed)},
	} {
		size := s.size(t)
		after, receipt, err := s.confirm(t, l, step.kind, "wa-7")
		wantErr(t, err, step.want)
		st, storeErr := s.store.Message(t.Context(), l.envelope.ID)
		must(t, storeErr)
		if st.Status() != step.then || err == nil && after.Status() != step.then {
			t.Errorf("after %s: %s", step.kind, st.Status())
		}
		if err != nil {
			if s.size(t) != size {
				t.Errorf("%s was refused and recorded", step.kind)
			}
			continue
		}
		rec, err := s.verifier(receipt)
		must(t, err)
		if rec.Kind != tlog.RecordKind(step.kind) || rec.Sender.Participant != "wa-7" || rec.Recipients[0].Party != string(s.Parties["school"].OIN) {
			t.Errorf("%s is recorded as %+v", step.kind, rec)
		}
	}
	select {
	case <-woken:
	default:
		t.Error("the sender was not woken")
	}
}

func TestReceivedErasesWithIt(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	size := s.size(t)
	st, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	if st.HasPayload {
		t.Error("the answer says that ciphertext is still there")
	}
	if rec := s.record(t, size+1); rec.Kind != tlog.Erased || s.size(t) != size+2 {
		t.Errorf("the erasure is recorded as %s", rec.Kind)
	}
	_, _, err = s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.PayloadPart)
	wantErr(t, err, relay.ErrErased)
	s.notHeld(t)
}

func (s *setting) notHeld(t testing.TB) {
	t.Helper()
	if days, err := s.store.DaysInUse(t.Context()); err != nil || len(days) > 0 {
		t.Errorf("ciphertext is kept: days %v, %v", days, err)
	}
}

func TestTheSameConfirmationAgainGivesTheSameAnswer(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	compact := s.confirmation(t, l, message.Received, s.police("wa-7"))
	_, first, err := s.relay.Confirm(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, compact)
	must(t, err)
	size := s.size(t)
	s.pass(time.Hour)
	st, again, err := s.relay.Confirm(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, compact)
	must(t, err)
	if again.Proof != first.Proof || st.Status() != message.Status(message.Received) || s.size(t) != size {
		t.Error("the second answer is not the first")
	}
}

func TestDishonestConfirmations(t *testing.T) {
	s := newSetting(t)
	l, other := s.letter(t), s.letter(t)
	s.send(t, l)
	s.send(t, other)
	wa7 := s.caller(t, "politie", "wa-7")
	size := s.size(t)
	for _, c := range []struct {
		name    string
		compact string
		party   string
		id      string
		want    error
		place   string
	}{
		{"not a confirmation", "geen jws", "politie", "wa-7", nil, ""},
		{"an envelope in its place", l.compact, "politie", "wa-7", nil, "header.typ"},
		{"a colleague's signature", s.confirmation(t, l, message.Received, s.police("wa-8")), "politie", "wa-7", relay.ErrSender, ""},
		{"forged", forge(s.confirmation(t, l, message.Received, s.police("wa-7"))), "politie", "wa-7", relay.ErrSender, ""},
		{"by somebody not addressed", s.confirmation(t, l, message.Received, s.police("wa-8")), "politie", "wa-8", relay.ErrNotAddressed, ""},
		{"by the sender", s.confirmation(t, l, message.Received, s.Parties["school"].Person("vc-1")), "school", "vc-1", relay.ErrNotAddressed, ""},
		{"by a stranger", s.confirmation(t, l, message.Received, s.Parties["halt"].Person("hm-1")), "halt", "hm-1", relay.ErrNotFound, ""},
		{"of another message", s.confirmation(t, l, message.Received, s.police("wa-7"), func(c *message.Confirmation) { c.Message = other.envelope.ID }), "politie", "wa-7", nil, "bericht"},
		{"over another envelope", s.confirmation(t, other, message.Received, s.police("wa-7"), func(c *message.Confirmation) { c.Message = l.envelope.ID }), "politie", "wa-7", nil, "envelop"},
		{"of ten minutes ago", s.confirmation(t, l, message.Received, s.police("wa-7"), func(c *message.Confirmation) { c.Time = message.NewTime(s.now().Add(-10 * time.Minute)) }), "politie", "wa-7", nil, "tijd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := s.relay.Confirm(t.Context(), s.caller(t, c.party, c.id), l.envelope.ID, c.compact)
			if c.want != nil {
				wantErr(t, err, c.want)
			} else {
				wantFault(t, err, c.place)
			}
			if st, err := s.store.Message(t.Context(), l.envelope.ID); err != nil || st.Status() != message.Offered || s.size(t) != size {
				t.Error("it left something behind")
			}
		})
	}
	s.log.before = func(audit.Change) error { return errBroken }
	_, _, err := s.relay.Confirm(t.Context(), wa7, l.envelope.ID, s.confirmation(t, l, message.Received, s.police("wa-7")))
	wantErr(t, err, errBroken)
}

// twoRecipients gives a message to a wijkagent and to the schoolcontactpersoon, who both must confirm.
func (s *setting) twoRecipients(t testing.TB) *letter {
	return s.letter(t, func(l *letter) {
		l.envelope.Recipients = append(l.envelope.Recipients, message.Recipient{
			Party: s.Parties["politie"].OIN, Function: "schoolcontactpersoon", Participants: []message.Addressee{{ID: "scp-1", Card: 1}},
		})
		l.payload = s.sealed(t, 4096, "wa-7", "scp-1")
	})
}

func TestErasedWhenTheLastOfAllConfirms(t *testing.T) {
	s := newSetting(t)
	for range 5 {
		l := s.twoRecipients(t)
		s.send(t, l)
		var wg sync.WaitGroup
		var errs [2]error
		for i, id := range []string{"wa-7", "scp-1"} {
			caller, compact := s.caller(t, "politie", id), s.confirmation(t, l, message.Received, s.police(id))
			wg.Go(func() { _, _, errs[i] = s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact) })
		}
		wg.Wait()
		must(t, errors.Join(errs[:]...))
		st, err := s.store.Message(t.Context(), l.envelope.ID)
		must(t, err)
		if st.HasPayload || len(st.Confirmed) != 2 {
			t.Errorf("payload held %v after %d confirmations of 2", st.HasPayload, len(st.Confirmed))
		}
	}
	l := s.twoRecipients(t)
	s.send(t, l)
	st, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	if !st.HasPayload || st.Status() != message.Offered {
		t.Error("erased while somebody still waits for it")
	}
}

func TestConflictIsTriedAgain(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	tries := 0
	s.log.before = func(audit.Change) error {
		if tries++; tries < 3 {
			return audit.ErrConflict
		}
		return nil
	}
	_, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	s.log.before = func(audit.Change) error { return audit.ErrConflict }
	_, _, err = s.confirm(t, l, message.TakenOver, "wa-7")
	wantDoubt(t, err)
}
