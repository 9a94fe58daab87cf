package endurance

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
)

var now = time.Now

// load is several parties at work at once, until the gateway falls silent.
type load struct {
	press   *press
	senders []*desk
	readers map[string]*desk // by <party>/<id>

	mu       sync.Mutex
	letters  []*letter
	failures []error
	working  func() // called when a letter was accepted
}

// run has everybody work until ctx ends or the gateway does not answer any more. Each sender has its own random numbers, so that a
// seed gives each the same letters again. It calls working when the first letter was accepted.
func (w *load) run(ctx context.Context, seed uint64, working func()) ([]*letter, error) {
	w.letters, w.failures, w.working = nil, nil, sync.OnceFunc(working)
	accepted := make(chan *letter, 1000)
	var senders, readers sync.WaitGroup
	for i, d := range w.senders {
		senders.Go(func() { w.send(ctx, d, rand.New(rand.NewPCG(seed, uint64(i))), accepted) })
	}
	for range 2 {
		readers.Go(func() {
			for l := range accepted {
				w.confirm(ctx, l)
			}
		})
	}
	senders.Wait()
	close(accepted)
	readers.Wait()
	return w.letters, errors.Join(w.failures...)
}

// login gets everybody a new token.
func (w *load) login() {
	for _, d := range w.senders {
		d.login()
	}
	for _, d := range w.readers {
		d.login()
	}
}

// send sends one letter after another; the one that gets no answer is its last.
func (w *load) send(ctx context.Context, d *desk, rng *rand.Rand, accepted chan<- *letter) {
	for ctx.Err() == nil {
		l, err := w.press.next(rng, d.Person)
		w.mu.Lock()
		if err != nil {
			w.failures = append(w.failures, err)
		} else {
			w.letters = append(w.letters, l)
		}
		w.mu.Unlock()
		if err != nil {
			return
		}
		l.attempts++
		l.got = d.call(ctx, http.MethodPost, "/v1/berichten", l.contentType, l.body)
		switch {
		case l.got.status == 0:
			return
		case l.got.status >= http.StatusInternalServerError:
			l.got = reply{} // "not now" promises nothing: as good as no answer
			time.Sleep(5 * time.Millisecond)
		case l.got.status == http.StatusCreated:
			w.working()
			select {
			case accepted <- l:
			default: // the readers are far behind: this one is not read in this life
			}
		}
	}
}

// confirm has each recipient of a letter confirm it, one after another.
func (w *load) confirm(ctx context.Context, l *letter) {
	for _, to := range l.envelope.Envelope().Recipients {
		by := "politie/" + to.Participants[0].ID
		d := w.readers[by]
		signed, err := message.SignConfirmation(message.Confirmation{
			Message: l.id(), Envelope: l.envelope.Digest(), Kind: message.Received, Conform: true, Time: message.NewTime(now()),
		}, d.Key)
		if err != nil {
			w.mu.Lock()
			w.failures = append(w.failures, err)
			w.mu.Unlock()
			return
		}
		c := &confirmation{by: by, compact: signed.Compact()}
		l.confirmations = append(l.confirmations, c)
		c.got = d.call(ctx, http.MethodPost, "/v1/berichten/"+l.id()+"/bevestigingen", "application/jose", []byte(c.compact))
		if c.got.status == 0 || c.got.status >= http.StatusInternalServerError {
			c.got = reply{}
			return
		}
	}
}
