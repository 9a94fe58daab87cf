package client_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestNoReactionIsLate: the term begins when the message was accepted, runs out, and a reaction after that is a late one.
func TestNoReactionIsLate(t *testing.T) {
	w := within(t, "P1D")
	sent := w.sent(signal(w.Region, aboutNoor))
	p := w.alone(sent.ID)
	accepted, err := time.Parse(time.RFC3339, sent.Record.Time)
	check(t, err)
	if p.Status != message.Offered || !p.Due.Equal(parsed(t, "P1D").After(accepted)) || p.Settled() {
		t.Errorf("not waiting since its acceptance: %+v", p)
	}
	w.isLate(p, false)
	w.says("politie/wa-7", sent.ID, message.Received, nil)
	w.clock.Until(p.Due.Add(time.Second))
	p = w.alone(sent.ID)
	w.isLate(p, true) // to open it is no reaction
	if p.Status != message.Status(message.Received) || p.By != "wa-7" || p.Name != "Voorbeeld politie" {
		t.Errorf("not told who opened it: %+v", p)
	}
	w.says("politie/wa-7", sent.ID, message.TakenOver, nil)
	p = w.alone(sent.ID)
	w.isLate(p, false)
	if !p.ReactedLate() || !p.Settled() || !p.Reacted.After(p.Due) {
		t.Errorf("a reaction after the term is late, and settles: %+v", p)
	}
}

func TestTakenOverInTime(t *testing.T) {
	w := within(t, "P1D")
	sent := w.sent(signal(w.Region, aboutNoor))
	w.clock.Later(12 * time.Hour)
	w.says("politie/wa-7", sent.ID, message.Received, nil)
	w.says("politie/wa-7", sent.ID, message.TakenOver, nil)
	w.says("politie/wa-7", sent.ID, message.Closed, nil)
	w.clock.Later(10 * day)
	p := w.alone(sent.ID)
	w.isLate(p, false)
	if p.ReactedLate() || !p.Settled() || p.Status != message.Status(message.Closed) || p.Claimed != "" {
		t.Errorf("taken over in time: %+v", p)
	}
}

// TestWorkingDaysPassOverAHoliday: a term of working days with a public holiday in it ends a day later than without.
func TestWorkingDaysPassOverAHoliday(t *testing.T) {
	w := within(t, "2 werkdagen")
	holiday := w.clock.Now().In(term.Zone).AddDate(0, 0, 2)
	for term.IsWorkday(holiday) || holiday.Weekday() == time.Saturday || holiday.Weekday() == time.Sunday || !term.IsWorkday(holiday.AddDate(0, 0, -1)) {
		holiday = holiday.AddDate(0, 0, 1)
	}
	y, m, d := holiday.Date()
	w.clock.Until(time.Date(y, m, d-1, 12, 0, 0, 0, term.Zone)) // noon of the working day before
	sent := w.sent(signal(w.Region, aboutNoor))
	w.clock.Until(time.Date(y, m, d+1, 23, 0, 0, 0, term.Zone)) // one working day later, at most
	w.isLate(w.alone(sent.ID), false)
	second := time.Date(y, m, d, 12, 0, 0, 0, term.Zone)
	for n := 0; n < 2; {
		if second = second.AddDate(0, 0, 1); term.IsWorkday(second) {
			n++
		}
	}
	y, m, d = second.Date()
	w.clock.Until(time.Date(y, m, d, 23, 59, 0, 0, term.Zone))
	w.isLate(w.alone(sent.ID), false)
	w.clock.Until(time.Date(y, m, d+1, 0, 0, 1, 0, term.Zone))
	w.isLate(w.alone(sent.ID), true)
}

// TestOneOfTwoIsLate: each recipient has a reaction of its own to give.
func TestOneOfTwoIsLate(t *testing.T) {
	w := within(t, "P1D")
	d := signal(w.Region, aboutNoor)
	d.Recipients = append(d.Recipients, client.To{Party: w.Party("politie").OIN, Function: "schoolcontactpersoon"})
	sent := w.sent(d)
	w.says("politie/wa-7", sent.ID, message.TakenOver, nil)
	w.clock.Later(2 * day)
	late := map[vocabulary.Function]bool{}
	for _, p := range w.followed(sent.ID).Progress {
		late[p.Function] = p.Late(w.clock.Now())
	}
	if late["wijkagent"] || !late["schoolcontactpersoon"] {
		t.Errorf("late: %v", late)
	}
	// At the recipients' own side the same is late.
	f, err := w.as("politie/sc-1", nil).Follow(t.Context(), sent.ID)
	check(t, err)
	if own := f.Own(w.Party("politie").OIN); len(own) != 2 || own[0].Late(w.clock.Now()) == own[1].Late(w.clock.Now()) || f.Sent {
		t.Errorf("the police sees %+v", own)
	}
}

// TestAnswerIsAReaction, and an answer to something else is not.
func TestAnswerIsAReaction(t *testing.T) {
	w := within(t, "P1D")
	asked := w.asks()
	w.clock.Later(day)
	_, err := w.as("school/vc-1", nil).Send(t.Context(), w.answer(asked))
	check(t, err)
	w.clock.Later(20 * day)
	f, err := w.as("politie/wa-7", nil).Follow(t.Context(), asked.ID)
	check(t, err)
	if p := f.Progress[0]; p.Answer == "" || p.Late(w.clock.Now()) || p.ReactedLate() || !p.Settled() {
		t.Errorf("the answer is not taken for a reaction: %+v", p)
	}
	unanswered := w.asks()
	w.clock.Later(20 * day)
	f, err = w.as("politie/wa-7", nil).Follow(t.Context(), unanswered.ID)
	check(t, err)
	if p := f.Progress[0]; p.Answer != "" || !p.Late(w.clock.Now()) {
		t.Errorf("a question without an answer is not late: %+v", p)
	}
}

func parsed(t *testing.T, text string) term.Term {
	t.Helper()
	got, err := term.Parse(text)
	check(t, err)
	return got
}
