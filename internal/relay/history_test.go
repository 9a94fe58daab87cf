package relay_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// unread is a store whose cases cannot be read whole.
type unread struct{ relay.Store }

func (unread) Case(context.Context, string) ([]relay.Stored, error) {
	return nil, errors.New("the whole case was read")
}

// TestSendingDoesNotReadTheWholeCase: a case of years must not make each message in it dearer.
func TestSendingDoesNotReadTheWholeCase(t *testing.T) {
	s := newSetting(t)
	s.relay = s.relayOn(unread{s.store})
	first := s.letter(t)
	s.send(t, first)
	s.send(t, s.letter(t, func(l *letter) { l.envelope.Case = first.envelope.Case }))
	if _, err := s.relay.Ask(t.Context(), question(first)); err != nil {
		t.Error(err)
	}
}

// TestASubstituteConfirmsOnceForTwo: one confirmation moves both recipients and is listed once.
func TestASubstituteConfirmsOnceForTwo(t *testing.T) {
	s := newSetting(t)
	s.absent(t, "scp-1", "wa-7", "2999-01-01")
	l := s.twoRecipients(t)
	l.envelope.Recipients[1].Participants[0].Card = 2
	s.send(t, l)
	after, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	kept, err := s.store.Message(t.Context(), l.envelope.ID)
	must(t, err)
	for name, st := range map[string]relay.Stored{"answered": after, "kept": kept} {
		if len(st.Confirmed) != 1 || st.Status() != message.Status(message.Received) || st.HasPayload {
			t.Errorf("%s: %d confirmations, %s, payload %v", name, len(st.Confirmed), st.Status(), st.HasPayload)
		}
	}
}

// lost is a store that has lost its records.
type lost struct{ relay.Store }

func (lost) RecordOf(context.Context, tlog.RecordKind, string) (int64, error) {
	return 0, audit.ErrNotFound
}

// TestAConfirmationWithoutItsRecordIsNotAnAbsence: who confirms again is never told that the message does not exist.
func TestAConfirmationWithoutItsRecordIsNotAnAbsence(t *testing.T) {
	s := newSetting(t)
	s.relay = s.relayOn(lost{s.store})
	l := s.letter(t)
	s.send(t, l)
	compact := s.confirmation(t, l, message.Received, s.police("wa-7"))
	caller := s.caller(t, "politie", "wa-7")
	_, _, err := s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact)
	must(t, err)
	_, _, err = s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact)
	if !errors.Is(err, audit.ErrTree) || errors.Is(err, relay.ErrNotFound) || errors.Is(err, audit.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
