package relay_test

import (
	"io"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/policy"
)

// TestTheRulesAreAskedAgainWhenAFactDiffers: a decision holds for the facts that it was made on, and for no others.
func TestTheRulesAreAskedAgainWhenAFactDiffers(t *testing.T) {
	s := newSetting(t)
	asked := 0
	s.policy.after = func(d policy.Decision) (policy.Decision, error) { asked++; return d, nil }
	l := s.letter(t).sign(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
	must(t, err)
	if asked != 1 {
		t.Errorf("asked %d times about the same facts", asked)
	}

	asked = 0
	l = s.letter(t).sign(t)
	slow := l.upload()
	payload := slow.Payload
	slow.Payload = func() (io.Reader, error) {
		s.pass(time.Minute) // the upload takes its time: another moment is another fact
		return payload()
	}
	_, err = s.relay.Accept(t.Context(), l.caller, slow)
	must(t, err)
	if asked != 2 {
		t.Errorf("asked %d times, while the moment of the decision had passed", asked)
	}
}
