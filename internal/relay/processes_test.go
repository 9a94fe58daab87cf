package relay_test

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTwoRecipientsConfirmAtTwoProcesses at once: each sees the other as not there yet, and one of them erases all the same.
func TestTwoRecipientsConfirmAtTwoProcesses(t *testing.T) {
	s := newSetting(t)
	elsewhere := s.relayOn(s.store) // with locks of its own, as another process has
	for range races {
		l := s.twoRecipients(t)
		s.send(t, l)
		wa7, scp1 := s.caller(t, "politie", "wa-7"), s.caller(t, "politie", "scp-1")
		first, second := s.confirmation(t, l, message.Received, s.police("wa-7")), s.confirmation(t, l, message.Received, s.police("scp-1"))
		var one, two error
		atOnce(
			func() { _, _, one = s.relay.Confirm(t.Context(), wa7, l.envelope.ID, first) },
			func() { _, _, two = elsewhere.Confirm(t.Context(), scp1, l.envelope.ID, second) },
		)
		must(t, errors.Join(one, two))
		st, err := s.store.Message(t.Context(), l.envelope.ID)
		must(t, err)
		if n := s.recorded(t, tlog.Erased, l.envelope.ID); st.HasPayload || n != 1 {
			t.Errorf("everybody has it; held %v, %d records of its erasure", st.HasPayload, n)
		}
	}
	s.sound(t)
}
