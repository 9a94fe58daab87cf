package conformance

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// noise gives bytes that stand nowhere else.
func noise(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// Keeper is a store whose files are not in its folder: it counts itself what is left of data that was erased.
type Keeper interface {
	Left(t testing.TB, data ...[]byte) int
}

// traces counts in how many places of the store's files something of data stands.
func (h *house) traces(data []byte) int {
	h.t.Helper()
	if k, ok := h.Store.(Keeper); ok {
		return k.Left(h.t, data)
	}
	return Left(h.t, h.dir, data)
}

func erasure(t *testing.T, h *house) {
	small, large := noise(3000), noise(100_000)
	var ids []string
	for _, data := range [][]byte{small, large} {
		m := letter()
		c := accepted(m, data)
		c.Writes[0].(relay.AcceptWrite).Inline[relay.MotivationPart] = []byte("sealed")
		h.commit(c)
		ids = append(ids, m.ID)
	}
	for range 20 { // others before, between and after
		h.send(letter())
	}
	if h.traces(small) == 0 || h.traces(large) == 0 {
		t.Fatal("ciphertext is not where it is looked for, so that its absence would prove nothing")
	}
	// An erasure whose change is undone did not happen, also when others in its transaction did.
	undone := errors.New("undone")
	h.must(h.Update(h.ctx, func(tx audit.Tx) error {
		err := tx.Savepoint(func() error {
			h.must(tx.Apply(relay.EraseWrite{Message: ids[1], Part: relay.PayloadPart}, 0))
			return undone
		})
		if !errors.Is(err, undone) {
			t.Errorf("the error is %v", err)
		}
		return tx.Savepoint(func() error { return tx.Apply(card("a", 1), 0) })
	}))
	if data, err := h.Chunk(h.ctx, ids[1], relay.PayloadPart, 0); err != nil || !bytes.Equal(data, large) {
		t.Errorf("an erasure that was undone took the ciphertext: %d bytes, %v", len(data), err)
	}
	for _, id := range ids {
		h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: id, Part: relay.PayloadPart}))
		if err := h.keep(tlog.Erased, relay.EraseWrite{Message: id, Part: relay.PayloadPart}); !errors.Is(err, audit.ErrConflict) {
			t.Errorf("erasing twice: %v", err)
		}
	}
	// While the store is open it must become true soon, and not only at the end of the day.
	deadline := time.Now().Add(time.Minute)
	for h.traces(small)+h.traces(large) > 0 && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	h.both(func() {
		if n := h.traces(small) + h.traces(large); n > 0 {
			t.Errorf("%d pieces of erased ciphertext are still there", n)
		}
		for _, id := range ids {
			m, err := h.Message(h.ctx, id)
			if err != nil || m.HasPayload || !m.HasMotive {
				t.Errorf("payload %v, motivation %v, %v", m.HasPayload, m.HasMotive, err)
			}
			if _, err := h.Chunk(h.ctx, id, relay.PayloadPart, 0); !errors.Is(err, relay.ErrNotFound) {
				t.Errorf("an erased chunk: %v", err)
			}
			if data, err := h.Chunk(h.ctx, id, relay.MotivationPart, 0); err != nil || string(data) != "sealed" {
				t.Errorf("the motivation went with it: %v", err)
			}
		}
	})
}

func staging(t *testing.T, h *house) {
	chunks := [][]byte{noise(5000), noise(5000), noise(7)}
	for nr, chunk := range chunks {
		h.must(h.Stage(h.ctx, "st-1", relay.PayloadPart, nr, chunk))
	}
	h.must(h.Stage(h.ctx, "st-1", relay.MotivationPart, 0, []byte("sealed")))
	h.must(h.Stage(h.ctx, "st-2", relay.PayloadPart, 0, []byte("another's")))
	if err := h.Stage(h.ctx, "st-1", relay.PayloadPart, 0, []byte("again")); err == nil {
		t.Error("a chunk was staged twice")
	}
	m := letter()
	m.HasMotive = true
	if _, err := h.Chunk(h.ctx, "st-1", relay.PayloadPart, 0); !errors.Is(err, relay.ErrNotFound) {
		t.Errorf("staged and already reachable: %v", err)
	}
	c := accepted(m, nil)
	w := c.Writes[0].(relay.AcceptWrite)
	w.Inline, w.Staging = nil, "st-1"
	c.Writes[0] = w
	h.commit(c)
	h.must(h.SweepStaged(h.ctx, now().Add(time.Hour))) // what is a message's is not swept
	h.must(h.DropStaged(h.ctx, "st-1"))
	h.both(func() {
		for nr, want := range chunks {
			got, err := h.Chunk(h.ctx, m.ID, relay.PayloadPart, nr)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("chunk %d: %d bytes, %v", nr, len(got), err)
			}
		}
		if _, err := h.Chunk(h.ctx, m.ID, relay.PayloadPart, len(chunks)); err != io.EOF {
			t.Errorf("after the last chunk: %v", err)
		}
		if data, err := h.Chunk(h.ctx, m.ID, relay.MotivationPart, 0); err != nil || string(data) != "sealed" {
			t.Errorf("motivation %q, %v", data, err)
		}
	})
	second := accepted(letter(), nil)
	w.Message = letter()
	second.Writes[0] = w
	if _, err := h.log.Commit(h.ctx, second); err == nil {
		t.Error("one staging became two messages'")
	}
}

func sweeping(t *testing.T, h *house) {
	data := noise(4000)
	h.must(h.Stage(h.ctx, "st-1", relay.PayloadPart, 0, data))
	h.must(h.Stage(h.ctx, "st-2", relay.PayloadPart, 0, data))
	h.must(h.SweepStaged(h.ctx, now().Add(-time.Hour))) // too young
	h.must(h.DropStaged(h.ctx, "st-1"))
	h.must(h.DropStaged(h.ctx, "st-1"))
	w := relay.AcceptWrite{Message: letter(), Day: today, Staging: "st-1"}
	if err := h.keep(tlog.Offered, w); err == nil {
		t.Error("what was dropped became a message's")
	}
	h.reopen() // a crash would leave it as well
	h.must(h.SweepStaged(h.ctx, now().Add(time.Second)))
	w.Staging = "st-2"
	if err := h.keep(tlog.Offered, w); err == nil {
		t.Error("what was swept became a message's")
	}
	h.reopen()
	if n := h.traces(data); n > 0 {
		t.Errorf("%d pieces of swept ciphertext are still there", n)
	}
}

// halfSwept: what the sweep took the beginning of, or a part of, never becomes a message's.
func halfSwept(t *testing.T, h *house) {
	h.must(h.Stage(h.ctx, "st-1", relay.PayloadPart, 0, noise(100)))
	h.must(h.SweepStaged(h.ctx, now().Add(time.Second)))
	if err := h.Stage(h.ctx, "st-1", relay.PayloadPart, 1, noise(100)); err == nil {
		t.Error("the second chunk of what was swept was staged")
	}
	m := letter()
	m.HasMotive = true
	h.must(h.Stage(h.ctx, "st-2", relay.PayloadPart, 0, noise(100)))
	if err := h.keep(tlog.Offered, relay.AcceptWrite{Message: m, Day: today, Staging: "st-2"}); err == nil {
		t.Error("a message was kept without its motivation")
	}
	m = letter()
	h.must(h.Stage(h.ctx, "st-3", relay.MotivationPart, 0, noise(100)))
	for _, m.HasMotive = range []bool{true, false} {
		if err := h.keep(tlog.Offered, relay.AcceptWrite{Message: m, Day: today, Staging: "st-3"}); err == nil {
			t.Error("a message was kept without its payload")
		}
	}
}

func daysInUse(t *testing.T, h *house) {
	days := func(want ...string) {
		t.Helper()
		got, err := h.DaysInUse(h.ctx)
		h.must(err)
		h.same("days", want, got)
	}
	days()
	var ids []string
	for _, day := range []string{"2026-11-20", "2026-11-19", "2026-11-20"} {
		c := accepted(letter(), []byte("x"))
		w := c.Writes[0].(relay.AcceptWrite)
		w.Day = day
		c.Writes[0] = w
		h.commit(c)
		ids = append(ids, w.Message.ID)
	}
	h.both(func() { days("2026-11-19", "2026-11-20") })
	for _, id := range ids[:2] {
		h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: id, Part: relay.PayloadPart}))
	}
	h.both(func() { days("2026-11-20") })
	h.must(h.keep(tlog.Erased, relay.EraseWrite{Message: ids[2], Part: relay.PayloadPart}))
	days()

	// What is staged is protected by a key of the day on which that began, which may have been just before midnight.
	before := now()
	h.must(h.Stage(h.ctx, "st-1", relay.PayloadPart, 0, []byte("x")))
	got, err := h.DaysInUse(h.ctx)
	h.must(err)
	for _, moment := range []time.Time{before, before.Add(-time.Hour)} {
		if !slices.Contains(got, moment.Format(time.DateOnly)) {
			t.Errorf("%s is not in use: %v", moment.Format(time.DateOnly), got)
		}
	}
	bad := accepted(letter(), []byte("x"))
	w := bad.Writes[0].(relay.AcceptWrite)
	w.Day = ""
	bad.Writes[0] = w
	if _, err := h.log.Commit(h.ctx, bad); err == nil {
		t.Error("ciphertext without the day of its key was kept")
	}
}
