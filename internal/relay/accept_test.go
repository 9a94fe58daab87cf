package relay_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/notify"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func TestAcceptedIsKeptWithItsRecordsAndReceipt(t *testing.T) {
	s := newSetting(t)
	before := s.size(t)
	police := s.Parties["politie"].OIN
	woken := s.hub.Wait(string(police))
	l := s.letter(t)
	done := s.send(t, l)
	if done.Again || done.ID != l.envelope.ID {
		t.Errorf("accepted as %+v", done)
	}
	rec, err := s.verifier(done.Receipt)
	must(t, err)
	if rec.Kind != tlog.Offered || *rec.Message != done.ID || *rec.JWS != l.compact || rec.Recipients[0].Participants[0] != "wa-7" {
		t.Errorf("the receipt is of %+v", rec)
	}
	if got := s.size(t) - before; got != 2 {
		t.Errorf("%d records, want besluit and aangeboden", got)
	}
	decided := s.record(t, before)
	if decided.Kind != tlog.Decided || *decided.Decision != "toegestaan" || len(decided.Reasons) != 0 || len(decided.Facts) == 0 || *decided.Policy == "" {
		t.Errorf("the decision is kept as %+v", decided)
	}
	st, receipt, err := s.relay.Message(t.Context(), s.caller(t, "politie", "scp-1"), done.ID)
	must(t, err)
	if st.Status() != message.Offered || !st.HasPayload || st.Envelope != l.compact || receipt.Proof != done.Receipt.Proof {
		t.Errorf("kept as %+v", st)
	}
	if want := s.now().Add(72 * time.Hour); !st.Recipients[0].Deadline.Equal(want) {
		t.Errorf("ciphertext goes at %v, want %v (PT72H)", st.Recipients[0].Deadline, want)
	}
	if !notify.Until(t.Context(), woken) {
		t.Error("nobody was woken")
	}
}

// record gives a record of the trail.
func (s *setting) record(t testing.TB, nr int64) tlog.Record {
	t.Helper()
	data, err := s.store.Record(t.Context(), nr)
	must(t, err)
	rec, err := tlog.ParseRecord(data)
	must(t, err)
	return rec
}

func TestTheSameEnvelopeAgainGivesTheSameReceipt(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	first := s.send(t, l)
	size := s.size(t)
	s.pass(time.Hour) // long after the clock check would refuse it
	again, err := s.relay.Accept(t.Context(), l.caller, l.upload())
	must(t, err)
	if !again.Again || !bytes.Equal(again.Receipt.Record, first.Receipt.Record) || again.Receipt.Proof != first.Receipt.Proof {
		t.Error("the second receipt is not the first")
	}
	signedAgain := messageAgain(t, l) // the same payload under another signature is the same envelope
	if again, err = s.relay.Accept(t.Context(), l.caller, signedAgain.upload()); err != nil || !again.Again {
		t.Errorf("signed again: %+v, %v", again, err)
	}
	if s.size(t) != size {
		t.Error("a repeated send left records behind")
	}
}

func messageAgain(t *testing.T, l *letter) *letter {
	other := *l
	return other.sign(t)
}

func TestAnIDIsUsedOnce(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	size := s.size(t)
	other := s.letter(t, func(o *letter) { o.envelope.ID = l.envelope.ID })
	_, err := s.relay.Accept(t.Context(), other.caller, other.sign(t).upload())
	wantErr(t, err, relay.ErrIDTaken)
	if s.size(t) != size {
		t.Error("it left records behind")
	}
}

func TestTwoAtOnceAreKeptOnce(t *testing.T) {
	s := newSetting(t)
	for _, size := range []int{4096, 300 << 10} { // inline, staged
		l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, size, "wa-7") }).sign(t)
		before := s.size(t)
		var wg sync.WaitGroup
		results := make([]relay.Accepted, 8)
		errs := make([]error, len(results))
		for i := range results {
			wg.Go(func() { results[i], errs[i] = s.relay.Accept(t.Context(), l.caller, l.upload()) })
		}
		wg.Wait()
		must(t, errors.Join(errs...))
		news := 0
		for _, r := range results {
			if !r.Again {
				news++
			}
			if r.Receipt.Proof != results[0].Receipt.Proof || !bytes.Equal(r.Receipt.Record, results[0].Receipt.Record) {
				t.Error("two senders of one envelope got two receipts")
			}
		}
		if got := s.size(t) - before; news != 1 || got != 2 {
			t.Errorf("kept %d times, with %d records", news, got)
		}
		if got := s.fetched(t, l); !bytes.Equal(got, l.payload) {
			t.Error("what is fetched is not what was sent")
		}
	}
}

func TestLargePayloadIsStagedAndGivenBack(t *testing.T) {
	s := newSetting(t)
	for _, size := range []int{64 << 10, 256 << 10, 1<<20 + 13} {
		l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, size, "wa-7") })
		s.send(t, l)
		if got := s.fetched(t, l); !bytes.Equal(got, l.payload) {
			t.Errorf("%d bytes: what is fetched is not what was sent", size)
		}
	}
}

func TestMotivationIsForEveryPrivacyOfficerOfBothParties(t *testing.T) {
	s := newSetting(t)
	both := s.ageForOfficers(t)
	l := s.letter(t, func(l *letter) { l.motivation = both })
	s.send(t, l)
	for _, who := range []string{"school", "politie"} {
		file, n, err := s.relay.Fetch(t.Context(), s.caller(t, who, "fg-1"), l.envelope.ID, relay.MotivationPart)
		must(t, err)
		if got := readAll(t, file); !bytes.Equal(got, both) || n != int64(len(both)) {
			t.Errorf("%s: %d bytes of motivation, want %d", who, len(got), len(both))
		}
	}
	_, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.MotivationPart)
	wantErr(t, err, relay.ErrMotivationNotYours)
	_, _, err = s.relay.Fetch(t.Context(), s.caller(t, "politie", "fg-1"), l.envelope.ID, relay.PayloadPart)
	wantErr(t, err, relay.ErrNotAddressed)
}
