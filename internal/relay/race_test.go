package relay_test

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// races is how often each race is run: which of two is first differs from run to run.
const races = 12

// atOnce runs functions at the same time and waits for all.
func atOnce(all ...func()) {
	var start, done sync.WaitGroup
	start.Add(1)
	for _, f := range all {
		done.Go(func() { start.Wait(); f() })
	}
	start.Done()
	done.Wait()
}

// recorded counts the records of a kind about a message.
func (s *setting) recorded(t testing.TB, kind tlog.RecordKind, id string) (n int) {
	t.Helper()
	for nr := range s.size(t) {
		if r := s.record(t, nr); r.Kind == kind && r.Message != nil && *r.Message == id {
			n++
		}
	}
	return n
}

// TestLapseAndConfirmationAtOnce: at the end of the term exactly one of them wins, also between two processes, and the ciphertext goes
// once. Who lost is told so.
func TestLapseAndConfirmationAtOnce(t *testing.T) {
	s := newSetting(t)
	elsewhere := s.relayOn(s.store) // with locks of its own, as another process has
	received, lapsed := 0, 0
	for range races {
		l := s.letter(t)
		s.send(t, l)
		s.pass(73 * time.Hour)
		caller, compact := s.caller(t, "politie", "wa-7"), s.confirmation(t, l, message.Received, s.police("wa-7"))
		var confirmed, swept error
		atOnce(
			func() { _, _, confirmed = s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact) },
			func() { swept = elsewhere.Sweep(t.Context()) },
		)
		must(t, swept)
		st, err := s.store.Message(t.Context(), l.envelope.ID)
		must(t, err)
		switch {
		case confirmed == nil && st.Status() == message.Status(message.Received):
			received++
		case errors.Is(confirmed, message.ErrTransition) && st.Status() == message.Lapsed:
			lapsed++
		default:
			t.Fatalf("status %s, and the confirmation was told %v", st.Status(), confirmed)
		}
		if n := s.recorded(t, tlog.Erased, l.envelope.ID); st.HasPayload || n != 1 {
			t.Errorf("payload held %v, %d records of its erasure", st.HasPayload, n)
		}
	}
	s.sound(t)
	t.Logf("%d received, %d lapsed", received, lapsed)
}

// TestOneConfirmationManyTimesAtOnce is kept once, and everybody gets the same receipt.
func TestOneConfirmationManyTimesAtOnce(t *testing.T) {
	s := newSetting(t)
	for range races {
		l := s.letter(t)
		s.send(t, l)
		caller, compact := s.caller(t, "politie", "wa-7"), s.confirmation(t, l, message.Received, s.police("wa-7"))
		var receipts [6]tlog.Receipt
		var errs [6]error
		var all []func()
		for i := range receipts {
			all = append(all, func() { _, receipts[i], errs[i] = s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact) })
		}
		atOnce(all...)
		must(t, errors.Join(errs[:]...))
		for _, r := range receipts {
			if r.Proof != receipts[0].Proof || !bytes.Equal(r.Record, receipts[0].Record) {
				t.Fatal("one confirmation got two receipts")
			}
		}
		if n := s.recorded(t, "ontvangen", l.envelope.ID); n != 1 {
			t.Errorf("it was recorded %d times", n)
		}
	}
}

// TestTwoSweepsAtOnce, of two processes, end each thing once.
func TestTwoSweepsAtOnce(t *testing.T) {
	s := newSetting(t)
	s.reviewIn("P1D")
	elsewhere := s.relayOn(s.store)
	var letters []*letter
	for range races {
		letters = append(letters, s.motivated(t))
		s.send(t, letters[len(letters)-1])
	}
	s.pass(73 * time.Hour)
	var one, two error
	atOnce(func() { one = s.relay.Sweep(t.Context()) }, func() { two = elsewhere.Sweep(t.Context()) })
	must(t, errors.Join(one, two))
	for _, l := range letters {
		if lapsed, erased := s.recorded(t, tlog.Lapsed, l.envelope.ID), s.recorded(t, tlog.Erased, l.envelope.ID); lapsed != 1 || erased != 2 {
			t.Errorf("lapsed %d times, %d age files of 2 erased", lapsed, erased)
		}
	}
	s.notHeld(t)
	s.sound(t)
}

// TestFetchWhileItIsErased gives the whole file or an error, never something else.
func TestFetchWhileItIsErased(t *testing.T) {
	s := newSetting(t)
	for range races {
		l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 1<<20, "wa-7") })
		s.send(t, l)
		caller, compact := s.caller(t, "politie", "wa-7"), s.confirmation(t, l, message.Received, s.police("wa-7"))
		var got []byte
		var fetched, confirmed error
		atOnce(
			func() {
				var file io.ReadCloser
				if file, _, fetched = s.relay.Fetch(t.Context(), caller, l.envelope.ID, relay.PayloadPart); fetched == nil {
					got, fetched = io.ReadAll(file)
				}
			},
			func() { _, _, confirmed = s.relay.Confirm(t.Context(), caller, l.envelope.ID, compact) },
		)
		must(t, confirmed)
		if fetched == nil && !bytes.Equal(got, l.payload) {
			t.Fatalf("%d of %d bytes were given as if they were all", len(got), len(l.payload))
		}
	}
	s.notHeld(t)
}

// TestSweepDuringAnUpload: one that is under way is left alone; one that took too long is refused whole, whatever the sweep took of it.
func TestSweepDuringAnUpload(t *testing.T) {
	for pause, accepted := range map[time.Duration]bool{0: true, 29 * time.Minute: true, 31 * time.Minute: false, 2 * time.Hour: false} {
		s := newSetting(t)
		l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 2<<20, "wa-7") }).sign(t)
		size := s.size(t)
		up := l.upload()
		up.Payload = func() (io.Reader, error) {
			half := len(l.payload) / 2
			between := looking(func() { s.pass(pause); must(t, s.relay.Sweep(t.Context())) })
			return io.MultiReader(bytes.NewReader(l.payload[:half]), between, bytes.NewReader(l.payload[half:])), nil
		}
		_, err := s.relay.Accept(t.Context(), l.caller, up)
		if (err == nil) != accepted {
			t.Errorf("after %v: %v", pause, err)
		}
		if accepted {
			if !bytes.Equal(s.fetched(t, l), l.payload) {
				t.Errorf("after %v: what is fetched is not what was sent", pause)
			}
		} else {
			s.unchanged(t, size, l.envelope.ID)
		}
	}
}
