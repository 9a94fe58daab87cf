package endurance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// crew is many clients of several gateways: most send, some listen, some confirm what was heard.
type crew struct {
	judge   *judge
	press   *press
	senders []*desk
	ears    []*ear
	hands   map[string]*hand // by <party>/<id>

	withdrawing atomic.Bool
	withdrawn   int64 // nr of the record of the withdrawal

	mu       sync.Mutex
	parcels  map[string]*parcel // by id
	failures []error
}

// parcel is a letter on its way.
type parcel struct {
	*letter
	leave    bool // nobody confirms it: it waits, and every stream must tell of it
	answered time.Time
	taken    map[string]bool // by <party>/<id>: who is to confirm it
}

// newCrew divides n clients: of each 16, two listen and two confirm.
func newCrew(t *testing.T, s *served, n int) *crew {
	t.Helper()
	c := &crew{judge: newJudge(t, s, nil), press: newPress(s.Region), hands: map[string]*hand{}, parcels: map[string]*parcel{}}
	for _, name := range []string{"politie/wa-7", "politie/sc-1"} {
		c.hands[name] = &hand{crew: c, name: name, heard: make(chan *parcel, 1<<20)}
		for range n / 16 {
			c.hands[name].desks = append(c.hands[name].desks, s.desk(t, name))
			c.ears = append(c.ears, newEar(c, s.desk(t, name), c.hands[name], len(c.ears)%2 == 1))
		}
	}
	for i := range n - n/16*4 {
		c.senders = append(c.senders, s.desk(t, []string{"school/vc-1", "school/zc-1"}[i%2]))
	}
	return c
}

// work has everybody work until ctx ends. What it gives returns when the senders had their last answer.
func (c *crew) work(ctx context.Context) (wait func()) {
	var sending sync.WaitGroup
	for _, d := range c.senders {
		sending.Go(func() { c.send(ctx, d) })
	}
	for _, h := range c.hands {
		h.begin()
	}
	for _, e := range c.ears {
		e.begin()
	}
	return sending.Wait
}

// send sends one letter after another, each until somebody answers.
func (c *crew) send(ctx context.Context, d *desk) {
	rng := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	for ctx.Err() == nil {
		l, err := c.press.next(rng, d.Person)
		if err != nil {
			c.fail(err)
			return
		}
		p := &parcel{letter: l, leave: rng.IntN(3) == 0, taken: map[string]bool{}}
		c.mu.Lock()
		c.parcels[l.id()] = p
		c.mu.Unlock()
		l.got, l.attempts = d.insist(http.MethodPost, "/v1/berichten", l.contentType, l.body)
		p.answered = now()
		if l.got.status == http.StatusForbidden && c.withdrawing.Load() {
			l.want = http.StatusForbidden // the judge looks whether it came after the withdrawal
		}
		switch {
		case l.got.status != l.want:
			c.fail(fmt.Errorf("letter %s is answered %d, want %d: %s", l.id(), l.got.status, l.want, l.got.body))
		case l.want == http.StatusCreated:
			_, err := c.judge.proved(l.got.body, tlog.Offered, l.id())
			c.fail(err)
		}
	}
}

// take gives the letter that a person heard of to one who confirms, once.
func (c *crew) take(id string, h *hand) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.parcels[id]; p != nil && !p.leave && !p.taken[h.name] {
		p.taken[h.name] = true
		h.heard <- p
	}
}

func (c *crew) fail(err error) {
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failures = append(c.failures, err)
	}
}

// letters gives all that were sent. The senders must have stopped.
func (c *crew) letters() (list []*letter) {
	for _, p := range c.parcels {
		list = append(list, p.letter)
	}
	return list
}
