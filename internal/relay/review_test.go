package relay_test

import (
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// reviewIn lets every permission carry an obligation `beoordeling` with a term; "" for none.
func (s *setting) reviewIn(text string) {
	s.policy.after = func(d policy.Decision) (policy.Decision, error) {
		d.Obligations = slices.DeleteFunc(slices.Clone(d.Obligations), func(o policy.Obligation) bool { return o.Code == "beoordeling" })
		if d.Allow && text != "" {
			d.Obligations = append(d.Obligations, policy.Obligation{Code: "beoordeling", Value: text})
		}
		return d, nil
	}
}

func (s *setting) motivated(t testing.TB) *letter {
	return s.letter(t, func(l *letter) { l.motivation = s.ageForOfficers(t) })
}

func (s *setting) reviews(t testing.TB, of string) []relay.Review {
	t.Helper()
	list, err := s.relay.Reviews(t.Context(), s.caller(t, of, "fg-1"), -1, 10)
	must(t, err)
	return list
}

// sound verifies the whole trail with code that shares nothing with the writer's.
func (s *setting) sound(t testing.TB) {
	t.Helper()
	_, err := trailcheck.Verify(t.Context(), s.dir, s.logKey)
	must(t, err)
}

// TestAMotivationOpensAReviewAtEachParty, in the transaction of its acceptance, with the term of the rules, or the default when the
// rules give none: what nobody said when to erase would be kept for ever.
func TestAMotivationOpensAReviewAtEachParty(t *testing.T) {
	for text, want := range map[string]string{"P7D": "P7D", "": "5 werkdagen"} {
		s := newSetting(t)
		s.reviewIn(text)
		l := s.motivated(t)
		s.send(t, l)
		due, err := term.Parse(want)
		must(t, err)
		until := due.After(s.now()).UTC().Truncate(time.Millisecond)
		head := s.size(t)
		for i, of := range []string{"school", "politie"} {
			list := s.reviews(t, of)
			if len(list) != 1 || list[0].Message != l.envelope.ID || list[0].Case != l.envelope.Case || list[0].Kind != l.envelope.Kind ||
				list[0].Cause != relay.CauseMotivation || !list[0].Due.Equal(until) {
				t.Fatalf("term %q, reviews of %s: %+v, want one until %v", text, of, list, until)
			}
			rec := s.record(t, list[0].Nr)
			if rec.Nr != head-2+int64(i) || rec.Kind != tlog.Review || rec.JWS != nil || rec.Recipients[0].Party != string(s.Parties[of].OIN) ||
				rec.Recipients[0].Function != string(vocabulary.FunctionPrivacyOfficer) || !slices.Equal(rec.Reasons, []string{"motivering"}) ||
				string(rec.Facts) != `{"tot":"`+until.Format(time.RFC3339)+`"}` {
				t.Errorf("recorded as %+v with %s", rec, rec.Facts)
			}
		}
		s.sound(t)
	}
}

func TestReviewsAreForPrivacyOfficers(t *testing.T) {
	s := newSetting(t)
	s.send(t, s.motivated(t))
	_, err := s.relay.Reviews(t.Context(), s.caller(t, "politie", "wa-7"), -1, 10)
	wantErr(t, err, relay.ErrNotOfficer)
}

// TestAnObligationAloneOpensReviewsToo, and one whose term cannot be read keeps the message out.
func TestAnObligationAloneOpensReviewsToo(t *testing.T) {
	s := newSetting(t)
	s.reviewIn("P1D")
	s.send(t, s.letter(t))
	if list := s.reviews(t, "politie"); len(list) != 1 {
		t.Errorf("%d reviews", len(list))
	}
	s.reviewIn("spoedig")
	size, l := s.size(t), s.letter(t)
	if _, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload()); err == nil {
		t.Error("a message was accepted whose review has no term")
	}
	if s.size(t) != size {
		t.Error("something was recorded")
	}
	s.reviewIn("")
	s.send(t, s.letter(t))
	if list := s.reviews(t, "politie"); len(list) != 1 {
		t.Errorf("%d reviews: one was opened that nobody asked for", len(list))
	}
}

// TestAMotivationIsErasedWhenItsReviewsEnd: not with the payload, not a second early, with a record that names it, and its day key goes.
func TestAMotivationIsErasedWhenItsReviewsEnd(t *testing.T) {
	s := newSetting(t)
	s.reviewIn("P7D")
	day := s.today()
	l := s.motivated(t)
	s.send(t, l)
	due := s.reviews(t, "school")[0].Due
	_, _, err := s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	s.sound(t)
	officer := s.caller(t, "politie", "fg-1")
	for _, at := range []time.Time{s.now(), due.Add(-time.Second)} {
		s.set(at)
		must(t, s.relay.Sweep(t.Context()))
		file, _, err := s.relay.Fetch(t.Context(), officer, l.envelope.ID, relay.MotivationPart)
		must(t, err)
		readAll(t, file)
	}
	s.set(due.Add(time.Second))
	_, _, err = s.relay.Fetch(t.Context(), officer, l.envelope.ID, relay.MotivationPart)
	wantErr(t, err, relay.ErrMotivationErased) // also while the sweep has yet to come
	size := s.size(t)
	must(t, s.relay.Sweep(t.Context()))
	must(t, s.relay.Sweep(t.Context()))
	if got := s.size(t); got != size+1 {
		t.Fatalf("the end of a motivation left %d records", got-size)
	}
	rec := s.record(t, size)
	if rec.Kind != tlog.Erased || string(rec.Facts) != `{"deel":"motivering"}` || rec.Payload.Digest != l.envelope.Motivation.Digest.String() {
		t.Errorf("recorded as %s of %+v, %s", rec.Kind, rec.Payload, rec.Facts)
	}
	s.notHeld(t)
	if days, err := s.keys.Days(); err != nil || slices.Contains(days, day) {
		t.Errorf("the key of a day that protects nothing is there: %v, %v", days, err)
	}
	if list := s.reviews(t, "school"); len(list) != 1 {
		t.Errorf("the review itself went with its term: %d left", len(list))
	}
	s.sound(t)
}

// TestAPayloadLapsesWhileItsMotivationStays: each has its own term.
func TestAPayloadLapsesWhileItsMotivationStays(t *testing.T) {
	s := newSetting(t)
	s.reviewIn("P7D")
	l := s.motivated(t)
	s.send(t, l)
	s.pass(73 * time.Hour)
	must(t, s.relay.Sweep(t.Context()))
	st, err := s.store.Message(t.Context(), l.envelope.ID)
	must(t, err)
	if st.HasPayload || !st.HasMotive || st.Status() != message.Lapsed {
		t.Errorf("payload %v, motivation %v, %s", st.HasPayload, st.HasMotive, st.Status())
	}
	rec := s.record(t, s.size(t)-1)
	if rec.Kind != tlog.Erased || string(rec.Facts) != `{"deel":"lading"}` || rec.Payload.Digest != l.envelope.Payload.Digest.String() {
		t.Errorf("recorded as %s of %+v, %s", rec.Kind, rec.Payload, rec.Facts)
	}
	s.sound(t)
}

// TestNotConformOpensAReviewOnce: at the sender's and the recipient's party, in the transaction of the first confirmation that says so.
func TestNotConformOpensAReviewOnce(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	for i, kind := range []message.ConfirmationKind{message.Unreadable, message.Received, message.TakenOver} {
		compact := s.confirmation(t, l, kind, s.police("wa-7"), func(c *message.Confirmation) {
			if i > 0 {
				c.Conform, c.NotDeclared = false, []vocabulary.Category{"gezondheid"}
			}
		})
		size := s.size(t)
		if i == 1 { // broken off: neither the confirmation nor the reviews
			s.log.before = func(audit.Change) error { return errBroken }
			_, _, err := s.relay.Confirm(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, compact)
			wantErr(t, err, errBroken)
			s.log.before = nil
		}
		if s.size(t) != size || len(s.reviews(t, "school")) != 0 && i < 2 {
			t.Fatal("reviews without their confirmation")
		}
		_, _, err := s.relay.Confirm(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, compact)
		must(t, err)
		for _, of := range []string{"school", "politie"} {
			list := s.reviews(t, of)
			if want := min(i, 1); len(list) != want || want == 1 && (list[0].Cause != relay.CauseUndeclared || !list[0].Due.After(s.now())) {
				t.Errorf("after %s: reviews of %s: %+v", kind, of, list)
			}
		}
	}
	rec := s.record(t, s.reviews(t, "school")[0].Nr)
	if rec.Sender.Participant != "wa-7" || !slices.Equal(rec.Reasons, []string{"niet-conform"}) {
		t.Errorf("recorded as by %+v, for %v", rec.Sender, rec.Reasons)
	}
	s.sound(t)
}
