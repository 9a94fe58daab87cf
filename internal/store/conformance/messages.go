package conformance

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

func messageReadBack(t *testing.T, h *house) {
	m := letter()
	c := accepted(m, []byte("ciphertext"))
	w := c.Writes[0].(relay.AcceptWrite)
	w.Inline[relay.MotivationPart] = []byte("sealed")
	want := m
	want.Nr = h.commit(c).Records[1].Nr
	want.HasPayload, want.HasMotive = true, true
	other := h.send(letter())

	h.both(func() {
		got, err := h.Message(h.ctx, m.ID)
		h.must(err)
		h.same("message", want, got)
		for part, text := range map[relay.Part]string{relay.PayloadPart: "ciphertext", relay.MotivationPart: "sealed"} {
			data, err := h.Chunk(h.ctx, m.ID, part, 0)
			if err != nil || string(data) != text {
				t.Errorf("%s: %q, %v", part, data, err)
			}
			if _, err := h.Chunk(h.ctx, m.ID, part, 1); err != io.EOF {
				t.Errorf("%s: after the last chunk: %v", part, err)
			}
		}
		_, err1 := h.Chunk(h.ctx, other.ID, relay.MotivationPart, 0)
		_, err2 := h.Chunk(h.ctx, letter().ID, relay.PayloadPart, 0)
		_, err3 := h.Message(h.ctx, letter().ID)
		for i, err := range []error{err1, err2, err3} {
			if !errors.Is(err, relay.ErrNotFound) {
				t.Errorf("%d: %v", i, err)
			}
		}
	})
}

func idOnce(t *testing.T, h *house) {
	m := h.send(letter())
	again := m
	again.SenderOIN, again.Envelope = police, "other"
	if _, err := h.log.Commit(h.ctx, accepted(again, []byte("x"))); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("the same id again: %v", err)
	}
	none := accepted(letter(), nil)
	if _, err := h.log.Commit(h.ctx, none); err == nil || errors.Is(err, audit.ErrConflict) {
		t.Errorf("a message without ciphertext: %v", err)
	}
	h.both(func() {
		got, err := h.Message(h.ctx, m.ID)
		h.must(err)
		h.same("message", m, got)
		if head, err := h.Head(h.ctx); err != nil || head.Size != 2 {
			t.Errorf("size %d, %v", head.Size, err)
		}
	})
}

func paging(t *testing.T, h *house) {
	var all []relay.Stored
	for i := range 8 {
		m := letter()
		if i%2 == 1 { // half of them to another person, and not to Veilig Thuis
			m.Recipients = m.Recipients[:1]
			m.Recipients[0].People = []string{"wa-9"}
		}
		all = append(all, h.send(m))
	}
	taken := &all[3]
	h.must(h.confirm(taken.ID, taken.Recipients[0], message.Received))
	taken.Recipients[0].Status = message.Status(message.Received)
	taken.Confirmed = []string{fmt.Sprintf("ontvangen by %s of %s", police, taken.ID)}

	even := []relay.Stored{all[0], all[2], all[4], all[6]}
	odd := []relay.Stored{all[1], all[3], all[5], all[7]}
	h.both(func() {
		for name, c := range map[string]struct {
			q    relay.Query
			want []relay.Stored
		}{
			"outbox":                 {relay.Query{Party: school}, all},
			"inbox of the police":    {relay.Query{Party: police, Inbox: true}, all},
			"inbox of Veilig Thuis":  {relay.Query{Party: care, Inbox: true}, even},
			"inbox of a person":      {relay.Query{Party: police, Inbox: true, Person: "wa-8"}, even},
			"inbox with a deputy":    {relay.Query{Party: police, Inbox: true, Person: "wa-9", Also: []string{"wa-7"}}, all},
			"inbox of another":       {relay.Query{Party: police, Inbox: true, Person: "wa-9"}, odd},
			"inbox of nobody":        {relay.Query{Party: police, Inbox: true, Person: "wa"}, nil},
			"same name elsewhere":    {relay.Query{Party: care, Inbox: true, Person: "wa-7"}, nil},
			"inbox by status":        {relay.Query{Party: police, Inbox: true, Status: "ontvangen"}, all[3:4]},
			"outbox by status":       {relay.Query{Party: school, Status: "ontvangen"}, all[3:4]},
			"outbox of the police":   {relay.Query{Party: police}, nil},
			"inbox of the school":    {relay.Query{Party: school, Inbox: true}, nil},
			"status that nobody has": {relay.Query{Party: school, Status: message.Lapsed}, nil},
		} {
			var got []relay.Stored
			for c.q.Limit = 3; ; {
				page, cursor, err := h.Messages(h.ctx, c.q)
				h.must(err)
				if len(page) == 0 {
					if cursor != c.q.After {
						t.Errorf("%s: the cursor moved without a message", name)
					}
					break
				}
				got = append(got, page...)
				c.q.After = cursor
			}
			h.same(name, c.want, got)
		}
		for party, id := range map[string]string{"an unknown message": letter().ID, "somebody else's": all[1].ID} {
			q := relay.Query{Party: care, Inbox: true, After: id, Limit: 3}
			if _, _, err := h.Messages(h.ctx, q); !errors.Is(err, relay.ErrNotFound) {
				t.Errorf("going on after %s: %v", party, err)
			}
		}
	})
}

func caseLine(t *testing.T, h *house) {
	var want []relay.Stored
	zaak := letter().Case
	for range 3 {
		m := letter()
		m.Case = zaak
		want = append(want, h.send(m))
		h.send(letter())
	}
	h.both(func() {
		got, err := h.Case(h.ctx, zaak)
		h.must(err)
		h.same("case", want, got)
		none, err := h.Case(h.ctx, letter().Case)
		h.must(err)
		h.same("a new case", []relay.Stored(nil), none)
	})
}

// together sends from many at once, and each finds exactly its own.
func together(t *testing.T, h *house) {
	const senders, each = 8, 12
	results := make(chan error, senders)
	for range senders {
		go func() {
			results <- func() error {
				for range each {
					m := letter()
					text := []byte("ciphertext of " + m.ID)
					done, err := h.log.Commit(h.ctx, accepted(m, text))
					if err != nil {
						return err
					}
					got, err := h.Message(h.ctx, m.ID)
					if err != nil || got.Nr != done.Records[1].Nr {
						return fmt.Errorf("nr %d, want %d: %v", got.Nr, done.Records[1].Nr, err)
					}
					if data, err := h.Chunk(h.ctx, m.ID, relay.PayloadPart, 0); err != nil || !bytes.Equal(data, text) {
						return fmt.Errorf("ciphertext of another: %v", err)
					}
					if seen, err := h.Seen(h.ctx, "iss", m.ID, now()); err != nil || seen {
						return fmt.Errorf("seen %v: %v", seen, err)
					}
				}
				return nil
			}()
		}()
	}
	for range senders {
		h.must(<-results)
	}
	h.both(func() {
		if head, err := h.Head(h.ctx); err != nil || head.Size != 2*senders*each {
			t.Errorf("size %d, %v", head.Size, err)
		}
	})
}
