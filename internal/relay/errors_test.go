package relay_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestErrorsNameNobody: an error of Sluis itself is logged, and the log is no place for the id of a message, a case or a person.
func TestErrorsNameNobody(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	reader := s.caller(t, "politie", "wa-7")
	confirmation := s.confirmation(t, l, message.Received, s.police("wa-7"))
	silent := func(what string, err error) {
		t.Helper()
		if err == nil {
			t.Fatalf("%s: no error", what)
		}
		for _, secret := range []string{l.envelope.ID, l.envelope.Case, "vc-1", "wa-7"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error names %s", what, secret)
			}
		}
	}
	look := func(when string) {
		t.Helper()
		_, _, err := s.relay.Fetch(t.Context(), reader, l.envelope.ID, relay.PayloadPart)
		silent("fetching, "+when, err)
		_, _, err = s.relay.Confirm(t.Context(), reader, l.envelope.ID, confirmation)
		silent("confirming, "+when, err)
	}
	s.log.before = func(audit.Change) error { return errBroken }
	look("with a log that is broken")
	s.log.before = func(audit.Change) error { return audit.ErrConflict }
	_, _, err := s.relay.Confirm(t.Context(), reader, l.envelope.ID, confirmation)
	silent("confirming, with others in between", err)
	s.pass(100 * time.Hour)
	silent("sweeping", s.relay.Sweep(t.Context()))
	must(t, s.store.Close())
	look("with a store that is closed")
	_, _, err = s.relay.Message(t.Context(), reader, l.envelope.ID)
	silent("looking", err)
	_, err = s.relay.Case(t.Context(), reader, l.envelope.Case)
	silent("looking at the case", err)
	again := l.upload()
	again.Payload = func() (io.Reader, error) { return nil, errBroken }
	_, err = s.relay.Accept(t.Context(), l.caller, again)
	silent("sending", err)
}
