package relay_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
)

var errBroken = errors.New("stuk")

// wantDoubt wants an error of Sluis itself: nothing that tells the sender what to mend, and no yes.
func wantDoubt(t testing.TB, err error) {
	t.Helper()
	var denied *relay.Denied
	if err == nil || errors.As(err, &denied) {
		t.Errorf("the answer is %v, want neither yes nor no", err)
	}
}

func TestEngineInDoubt(t *testing.T) {
	s := newSetting(t)
	for name, after := range map[string]func(policy.Decision) (policy.Decision, error){
		"an error":            func(policy.Decision) (policy.Decision, error) { return policy.Decision{}, errBroken },
		"an error with a yes": func(d policy.Decision) (policy.Decision, error) { return d, errBroken },
		"a yes with reasons": func(d policy.Decision) (policy.Decision, error) {
			d.Reasons = []policy.Reason{{Code: "x"}}
			return d, nil
		},
		"a no without reasons":   func(d policy.Decision) (policy.Decision, error) { d.Allow = false; return d, nil },
		"a term that is no term": func(d policy.Decision) (policy.Decision, error) { d.Obligations = badTerm; return d, nil },
		"nothing":                func(policy.Decision) (policy.Decision, error) { return policy.Decision{}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			s.policy.after = after
			defer func() { s.policy.after = nil }()
			l, size := s.letter(t), s.size(t)
			_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
			wantDoubt(t, err)
			s.unchanged(t, size, l.envelope.ID)
		})
	}
}

var badTerm = []policy.Obligation{{Code: "doorvoertermijn", Value: "binnenkort"}}

func TestLogInDoubt(t *testing.T) {
	s := newSetting(t)
	s.log.before = func(audit.Change) error { return errBroken }
	for _, size := range []int{4096, 300 << 10} {
		l, before := s.letter(t, func(l *letter) { l.payload = s.sealed(t, size, "wa-7") }), s.size(t)
		_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
		wantErr(t, err, errBroken)
		wantDoubt(t, err)
		s.unchanged(t, before, l.envelope.ID)
	}
	// Not even a no, when it cannot be recorded.
	l := s.letter(t, func(l *letter) { *l.envelope.Phase = 1 })
	_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	wantErr(t, err, errBroken)
	wantDoubt(t, err)
}

// TestConfirmationInDoubt: who may have his confirmation kept hears so, also where nobody can find out what is in force.
func TestConfirmationInDoubt(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	blind := relay.New(relay.Options{
		Store: s.store, Log: s.log, Policy: s.decider, Registry: s.registry.Snapshot, Keys: s.keys, Waker: s.hub, Now: s.now,
		CatchUp: func(context.Context) error { return errBroken },
	})
	s.log.before = func(audit.Change) error { return audit.ErrInDoubt }
	caller, compact := s.caller(t, "politie", "wa-7"), s.confirmation(t, l, message.Received, s.police("wa-7"))
	_, _, err := blind.Confirm(t.Context(), caller, l.envelope.ID, compact)
	wantErr(t, err, audit.ErrInDoubt)
}

func TestStoreInDoubt(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t).sign(t)
	must(t, s.store.Close())
	_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
	wantDoubt(t, err)
	if _, _, err := s.relay.Messages(t.Context(), l.caller, relay.Query{Limit: 1}); err == nil {
		t.Error("a list came out of a store that is closed")
	}
}

func TestDayKeyInDoubt(t *testing.T) {
	s := newSetting(t)
	must(t, s.keys.Destroy(s.today()))
	l, size := s.letter(t), s.size(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	wantDoubt(t, err)
	s.unchanged(t, size, l.envelope.ID)
}

func TestClockOfTheLogInDoubt(t *testing.T) {
	s := newSetting(t)
	s.send(t, s.letter(t))
	s.pass(-10 * time.Minute)
	l, size := s.letter(t), s.size(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	wantErr(t, err, audit.ErrClock)
	if s.size(t) != size {
		t.Error("something was kept under a clock that runs behind the log")
	}
}

// TestAClockThatLeapsEndsNoTerm: a message that nobody has read must not be erased because somebody mistyped a date.
func TestAClockThatLeapsEndsNoTerm(t *testing.T) {
	s := newSetting(t)
	id := s.send(t, s.letter(t)).ID
	size := s.size(t)
	s.leap(30 * 24 * time.Hour)
	if err := s.relay.Sweep(t.Context()); !errors.Is(err, audit.ErrLeap) {
		t.Errorf("sweeping under a clock that leapt: %v", err)
	}
	if s.size(t) != size {
		t.Error("a message lapsed under a clock that leapt")
	}
	s.leap(-30 * 24 * time.Hour)
	must(t, s.relay.Sweep(t.Context()))
	if st, err := s.store.Message(t.Context(), id); err != nil || !st.HasPayload || st.Recipients[0].Status != message.Offered {
		t.Errorf("after the clock was put right: %+v, %v", st.Recipients, err)
	}
}

// TestConvenantThatEndsDuringTheUpload: allowed on the envelope, refused when it commits; the refusal is what is recorded.
func TestConvenantThatEndsDuringTheUpload(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t).sign(t)
	up := l.upload()
	payload := up.Payload
	up.Payload = func() (io.Reader, error) { s.withdraw(t); return payload() }
	_, err := s.relay.Accept(t.Context(), l.caller, up)
	var denied *relay.Denied
	if !errors.As(err, &denied) {
		t.Fatalf("error is %v, want a refusal", err)
	}
	s.notKept(t, l.envelope.ID)
}

// TestRegistryThatChangesWhileCommitting: the decision is made again, on what holds now.
func TestRegistryThatChangesWhileCommitting(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t).sign(t)
	s.log.before = func(audit.Change) error { s.log.before = nil; s.withdraw(t); return nil }
	_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
	var denied *relay.Denied
	if !errors.As(err, &denied) {
		t.Fatalf("error is %v, want a refusal", err)
	}
	s.notKept(t, l.envelope.ID)

	// A change that changes nothing for this message does not stop it.
	s = newSetting(t)
	l = s.letter(t).sign(t)
	s.log.before = func(audit.Change) error { s.log.before = nil; s.absent(t, "wa-8", "wa-7", "2020-01-01"); return nil }
	_, err = s.relay.Accept(t.Context(), l.caller, l.upload())
	must(t, err)

	// And one that keeps changing ends in "later", not in a message under old rules.
	s.log.before = func(audit.Change) error { s.absent(t, "wa-8", "wa-7", "2020-01-01"); return nil }
	l = s.letter(t).sign(t)
	_, err = s.relay.Accept(t.Context(), l.caller, l.upload())
	wantDoubt(t, err)
	if _, err := s.store.Message(t.Context(), l.envelope.ID); !errors.Is(err, relay.ErrNotFound) {
		t.Error("kept all the same")
	}
}

// withdraw lets the school withdraw from the convenant.
func (s *setting) withdraw(t testing.TB) {
	t.Helper()
	school := s.Parties["school"]
	st, _ := s.registry.Snapshot().Convenant("denbosch-school-en-veiligheid", 1)
	_, err := s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, st.Convenant, convenant.Withdrawn, s.now()))
	must(t, err)
}

func TestUploadThatTakesTooLong(t *testing.T) {
	s := newSetting(t)
	l, size := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 300<<10, "wa-7") }), s.size(t)
	up := l.sign(t).upload()
	payload := up.Payload
	up.Payload = func() (io.Reader, error) { s.pass(31 * time.Minute); return payload() }
	_, err := s.relay.Accept(t.Context(), l.caller, up)
	wantDoubt(t, err)
	s.unchanged(t, size, l.envelope.ID)
}
