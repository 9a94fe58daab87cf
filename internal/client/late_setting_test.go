package client_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// waiting is a region on a clock that can be moved, in which a signal wants a reaction within a term.
type waiting struct {
	*gatewaytest.Region
	clock *gatewaytest.Clock
	t     *testing.T
}

func within(t *testing.T, reaction string) *waiting {
	t.Helper()
	w := &waiting{clock: &gatewaytest.Clock{}, t: t}
	w.Region = gatewaytest.Start(t, gatewaytest.Telling(w.clock), gatewaytest.Agreeing(func(text []byte) []byte {
		return bytes.ReplaceAll(text, []byte("reactietermijn: P1D\n"), []byte("reactietermijn: "+reaction+"\n"))
	}))
	return w
}

// as gives the client of somebody, on the same clock; b may be nil.
func (w *waiting) as(name string, b *between) *client.Client {
	w.t.Helper()
	if b == nil {
		b = &between{}
	}
	c := b.client(w.t, w.Person(name), client.WithClock(w.clock.Now))
	return c
}

// sent sends a signal from the school and gives its id.
func (w *waiting) sent(d client.Draft) client.Sent {
	w.t.Helper()
	s, err := w.as("school/vc-1", nil).Send(w.t.Context(), d)
	check(w.t, err)
	return s
}

// says has somebody confirm a message, after opening it when that is what they say.
func (w *waiting) says(name, id string, kind message.ConfirmationKind, advice *message.Advice) {
	w.t.Helper()
	c := w.as(name, nil)
	if kind == message.Received {
		got, err := c.Receive(w.t.Context(), id)
		check(w.t, err)
		_, err = c.ConfirmReceived(w.t.Context(), got)
		check(w.t, err)
		return
	}
	_, err := c.Confirm(w.t.Context(), id, kind, advice)
	check(w.t, err)
}

// followed gives a message as the sender sees it.
func (w *waiting) followed(id string) client.Followed {
	w.t.Helper()
	f, err := w.as("school/vc-1", nil).Follow(w.t.Context(), id)
	check(w.t, err)
	return f
}

// alone gives the progress for the one recipient.
func (w *waiting) alone(id string) client.Progress {
	w.t.Helper()
	f := w.followed(id)
	if len(f.Progress) != 1 {
		w.t.Fatalf("%d recipients, want one", len(f.Progress))
	}
	return f.Progress[0]
}

func (w *waiting) isLate(p client.Progress, want bool) {
	w.t.Helper()
	if got := p.Late(w.clock.Now()); got != want {
		w.t.Errorf("late is %v, want %v: %+v", got, want, p)
	}
}

const day = 24 * time.Hour
