package conformance

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// reviewed keeps a message with a motivation and a review of it at each of these parties, and gives it as it should read back.
func (h *house) reviewed(due time.Time, parties ...party.OIN) (relay.Stored, []relay.Review) {
	h.t.Helper()
	m := letter()
	m.HasMotive = true
	c := accepted(m, noise(100))
	c.Writes[0].(relay.AcceptWrite).Inline[relay.MotivationPart] = noise(2000)
	var want []relay.Review
	for _, oin := range parties {
		w := relay.ReviewWrite{Message: m.ID, Party: oin, Cause: relay.CauseMotivation, RecordIndex: len(c.Records), Due: due}
		c.Records = append(c.Records, tlog.Record{Kind: tlog.Review, Message: &m.ID, Sender: &tlog.Actor{Party: string(school)}})
		c.Writes = append(c.Writes, w)
		want = append(want, relay.Review{Message: m.ID, Case: m.Case, Kind: m.Kind, Party: oin, Cause: w.Cause, Due: due})
	}
	done := h.commit(c)
	m.Nr, m.HasPayload, m.MotiveUntil = done.Records[1].Nr, true, due
	for i := range want {
		want[i].Nr = done.Records[2+i].Nr
	}
	return m, want
}

func reviewsReadBack(t *testing.T, h *house) {
	due := now().Add(time.Hour)
	m, first := h.reviewed(due, school, police)
	h.send(letter())
	_, second := h.reviewed(due.Add(time.Hour), school)
	undeclared := relay.ReviewWrite{Message: m.ID, Party: school, Cause: relay.CauseUndeclared, Due: due.Add(time.Minute)}
	done := h.commit(audit.Change{Records: []tlog.Record{{Kind: tlog.Review}}, Writes: []audit.Write{undeclared}})
	third := relay.Review{Nr: done.Records[0].Nr, Message: m.ID, Case: m.Case, Kind: m.Kind, Party: school, Cause: relay.CauseUndeclared, Due: undeclared.Due}
	h.both(func() {
		got, err := h.OpenReviews(h.ctx, school, -1, 10)
		h.must(err)
		h.same("open reviews of the school", []relay.Review{first[0], second[0], third}, got)
		got, err = h.OpenReviews(h.ctx, school, first[0].Nr, 1)
		h.must(err)
		h.same("one more after the first", []relay.Review{second[0]}, got)
		got, err = h.OpenReviews(h.ctx, care, -1, 10)
		h.must(err)
		h.same("open reviews of another", []relay.Review(nil), got)
		got, err = h.ReviewsOf(h.ctx, m.ID)
		h.must(err)
		h.same("reviews of the message", []relay.Review{first[0], first[1], third}, got)
		read, err := h.Message(h.ctx, m.ID)
		h.must(err)
		h.same("the message", m, read)
	})
	for name, w := range map[string]relay.ReviewWrite{
		"the same again": undeclared, "of an unknown message": {Message: letter().ID, Party: school, Cause: relay.CauseUndeclared, Due: due},
	} {
		if err := h.keep(tlog.Review, w); !errors.Is(err, audit.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// motivationsDue: a motivation is due when the last of its reviews ends and not before; after its erasure it is due no more, no byte
// of it is left, and its day key is free to go.
func motivationsDue(t *testing.T, h *house) {
	due := now().Add(time.Hour)
	early, _ := h.reviewed(due, school, police)
	h.reviewed(due.Add(time.Hour), school)
	orphan, _ := h.reviewed(time.Time{})
	for _, c := range []struct {
		at   time.Time
		want []string
	}{{due.Add(-time.Second), []string{orphan.ID}}, {due, []string{early.ID, orphan.ID}}} {
		h.both(func() {
			list, err := h.MotivationsDue(h.ctx, c.at, 10)
			h.must(err)
			var got []string
			for _, m := range list {
				got = append(got, m.ID)
			}
			h.same("motivations due", c.want, got)
			few, err := h.MotivationsDue(h.ctx, c.at, 1)
			if err != nil || len(few) != 1 {
				t.Errorf("at most 1: %d, %v", len(few), err)
			}
		})
	}
	h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: early.ID, Part: relay.MotivationPart}))
	h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: orphan.ID, Part: relay.MotivationPart}))
	h.both(func() {
		list, err := h.MotivationsDue(h.ctx, due, 10)
		if err != nil || len(list) != 0 {
			t.Errorf("%d are due after their erasure, %v", len(list), err)
		}
		got, err := h.Message(h.ctx, early.ID)
		if err != nil || got.HasMotive || !got.HasPayload {
			t.Errorf("motivation %v, payload %v, %v", got.HasMotive, got.HasPayload, err)
		}
	})
}
