package auth_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
)

func TestTokenWithoutBindingWorksOnce(t *testing.T) {
	s := newSetting(t)
	token := issue(t, s.claims(), s.vc.Key)
	if _, err := s.verifier.Caller(t.Context(), token, s.cert); err != nil {
		t.Fatal(err)
	}
	_, err := s.verifier.Caller(t.Context(), token, s.cert)
	wantCode(t, err, auth.CodeReplayed)
}

func TestStoreInDoubtIsNoYes(t *testing.T) {
	s := newSetting(t)
	s.replay.fail = errors.New("schijf vol")
	_, err := s.verifier.Caller(t.Context(), issue(t, s.claims(), s.vc.Key), s.cert)
	var fault *auth.Error
	if err == nil || errors.As(err, &fault) {
		t.Fatalf("error is %v, want one that is no fault of the token", err)
	}
}

func TestForgetDropsOnlyWhatHasExpired(t *testing.T) {
	s := newSetting(t)
	c := s.claims()
	c.ID = "AAAAAAAAAAAAAAAAAAAAAA"
	token := issue(t, c, s.vc.Key)
	if _, err := s.verifier.Caller(t.Context(), token, s.cert); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		pass time.Duration
		seen bool
	}{{0, true}, {time.Hour, false}} {
		s.now = s.now.Add(step.pass)
		if err := s.verifier.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if seen, err := s.replay.Seen(t.Context(), c.Issuer, c.ID, c.Expires); err != nil || seen != step.seen {
			t.Errorf("after %v: still known %v, want %v (%v)", step.pass, seen, step.seen, err)
		}
	}
}

// TestAClockThatIsPutBackLetsNobodyInTwice: what was forgotten while the clock ran ahead must be too old afterwards.
func TestAClockThatIsPutBackLetsNobodyInTwice(t *testing.T) {
	s := newSetting(t)
	token := issue(t, s.claims(), s.vc.Key)
	if _, err := s.verifier.Caller(t.Context(), token, s.cert); err != nil {
		t.Fatal(err)
	}
	right := s.now
	s.now = right.Add(9 * time.Minute) // five minutes and one second after the token expired
	if err := s.verifier.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.now = right
	_, err := s.verifier.Caller(t.Context(), token, s.cert)
	wantCode(t, err, auth.CodeReplayed)
}
