package relay_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func TestTermEndsAndTheKeyGoesAfterIt(t *testing.T) {
	s := newSetting(t)
	l := s.twoRecipients(t)
	s.send(t, l)
	day := s.today()
	_, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	s.pass(71 * time.Hour)
	size := s.size(t)
	must(t, s.relay.Sweep(t.Context()))
	if s.size(t) != size {
		t.Fatal("something lapsed before its term")
	}
	if days, _ := s.keys.Days(); !slices.Contains(days, day) {
		t.Fatal("a key that protects something is gone")
	}
	s.pass(time.Hour)
	must(t, s.relay.Sweep(t.Context()))
	st, err := s.store.Message(t.Context(), l.envelope.ID)
	must(t, err)
	if st.HasPayload || st.Recipients[0].Status != message.Status(message.Received) || st.Recipients[1].Status != message.Lapsed {
		t.Errorf("after the term: %+v, payload held %v", st.Recipients, st.HasPayload)
	}
	lapsed, erased := s.record(t, size), s.record(t, size+1)
	if lapsed.Kind != tlog.Lapsed || lapsed.Recipients[0].Function != "schoolcontactpersoon" || erased.Kind != tlog.Erased {
		t.Errorf("recorded as %s of %v, and %s", lapsed.Kind, lapsed.Recipients, erased.Kind)
	}
	if days, err := s.keys.Days(); err != nil || slices.Contains(days, day) {
		t.Errorf("the key of a day that protects nothing is there: %v, %v", days, err)
	}
	_, _, err = s.confirm(t, l, message.Received, "scp-1")
	wantErr(t, err, message.ErrTransition)
	size = s.size(t)
	must(t, s.relay.Sweep(t.Context()))
	if s.size(t) != size {
		t.Error("a second sweep did something")
	}
}

// TestSweepGoesOnWhereACrashLeftIt: the keys of days go when their time has come, also when the sweep before could not.
func TestSweepGoesOnWhereACrashLeftIt(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	day := s.today()
	s.pass(73 * time.Hour)
	s.log.before = func(audit.Change) error { return errBroken }
	if err := s.relay.Sweep(t.Context()); !errors.Is(err, errBroken) {
		t.Fatalf("error is %v", err)
	}
	if st, err := s.store.Message(t.Context(), l.envelope.ID); err != nil || !st.HasPayload {
		t.Error("erased without a record of it")
	}
	if days, _ := s.keys.Days(); !slices.Contains(days, day) {
		t.Error("the key went while what it protects is there")
	}
	s.log.before = nil
	must(t, s.relay.Sweep(t.Context()))
	s.notHeld(t)
	if days, _ := s.keys.Days(); slices.Contains(days, day) {
		t.Error("the key is still there")
	}
}

// TestOneThatCannotLapseDoesNotStopTheOthers: it is reported, and the rest goes on.
func TestOneThatCannotLapseDoesNotStopTheOthers(t *testing.T) {
	s := newSetting(t)
	var letters []*letter
	for range 3 {
		letters = append(letters, s.letter(t))
		s.send(t, letters[len(letters)-1])
	}
	s.pass(73 * time.Hour)
	s.log.before = func(c audit.Change) error {
		if *c.Records[0].Message == letters[0].envelope.ID {
			return errBroken
		}
		return nil
	}
	if err := s.relay.Sweep(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("error is %v", err)
	}
	for i, l := range letters {
		if st, err := s.store.Message(t.Context(), l.envelope.ID); err != nil || st.HasPayload != (i == 0) {
			t.Errorf("message %d: payload held %v, %v", i, st.HasPayload, err)
		}
	}
}

// TestKeyOfTodayStays: also over midnight, as long as an upload that began before it may still be coming in.
func TestKeyOfTodayStays(t *testing.T) {
	s := newSetting(t)
	y, m, d := s.now().UTC().Date()
	noon := time.Date(y, m, d+2, 12, 0, 0, 0, time.UTC) // the clock of a log does not go back
	s.set(noon)
	l := s.letter(t)
	s.send(t, l)
	_, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{noon, true}, {noon.Add(12*time.Hour + 30*time.Minute), true}, {noon.Add(13*time.Hour + time.Minute), false},
	} {
		s.set(c.at)
		must(t, s.relay.Sweep(t.Context()))
		if days, err := s.keys.Days(); err != nil || slices.Contains(days, noon.Format(time.DateOnly)) != c.want {
			t.Errorf("%v: keys of %v, want the day's key there: %v", c.at, days, c.want)
		}
	}
}

func TestUnfinishedUploadsAreSwept(t *testing.T) {
	s := newSetting(t)
	must(t, s.store.Stage(t.Context(), message.NewID(), relay.PayloadPart, 0, []byte("half")))
	must(t, s.relay.Sweep(t.Context()))
	if days, _ := s.store.DaysInUse(t.Context()); len(days) == 0 {
		t.Error("an upload under way was swept")
	}
	s.pass(2 * time.Hour)
	must(t, s.relay.Sweep(t.Context()))
	s.notHeld(t)
}
