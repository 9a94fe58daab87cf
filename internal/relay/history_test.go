package relay_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
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
