package endurance

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// turn is how often one process is killed and another started again.
const turn = 2 * time.Second

// TestSeveralGateways lets three gateway processes share a database while clients work with whichever answers. One is killed and one is
// started again every two seconds, and near the end a party withdraws from the convenant. Everything that was accepted is there once, the
// log never forks and has no gap, every recipient hears of every message, and nothing is accepted after the withdrawal. SLUIS_SECONDS is
// how long (default 6), SLUIS_CLIENTS how many (default 16).
func TestSeveralGateways(t *testing.T) {
	length := time.Duration(fromEnvironment(t, "SLUIS_SECONDS", 6)) * time.Second
	s := prepare(t, inCluster(t, pgtest.Shared(t)))
	s.another(t)
	s.another(t)
	c := newCrew(t, s, int(fromEnvironment(t, "SLUIS_CLIENTS", 16)))
	w := newWatch(s, c.judge.seen)
	for _, g := range s.gates {
		g.launch(t)
	}
	for _, g := range s.gates {
		g.awaitReady(t)
	}
	watching := w.begin(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	wait := c.work(ctx)
	kills := s.takeTurns(t, length, func() { c.withdraw(t, s) })
	stop()
	wait()
	none(t, c.hearEverything(t)...)
	none(t, watching())
	for _, g := range s.gates {
		if g.process == nil {
			g.serve(t)
		}
		g.stop(t)
	}
	none(t, c.failures...)
	none(t, s.compare(t, c.letters())...)
	none(t, s.trail(t, c.judge.seen), c.afterWithdrawal(t, s))
	c.tell(t, length)
	t.Logf("%d kills; %d checkpoints looked at, %d of them of a larger tree", kills, w.looked, w.moved)
	if kills < int(length/turn)/2 || w.moved < int(length/time.Second) {
		t.Error("too little happened for this to mean anything")
	}
}

// takeTurns kills one process and starts another again every two seconds, for so long. When seven tenths of that have passed it does something
// else too, and goes on for the rest: also when a start took so long that all of it is over.
func (s *served) takeTurns(t *testing.T, length time.Duration, something func()) (kills int) {
	t.Helper()
	tick := time.NewTicker(turn)
	defer tick.Stop()
	then := time.After(length * 7 / 10)
	var end <-chan time.Time
	var down *gate
	for {
		select {
		case <-end:
			return kills
		case <-then:
			something()
			end = time.After(length * 3 / 10)
		case <-tick.C:
			if down != nil {
				down.launch(t)
				down.awaitReady(t) // so that one of them is there at any moment, and no more than that
			}
			down = s.gates[(slices.Index(s.gates, down)+1+rand.IntN(len(s.gates)-1))%len(s.gates)] // another one
			down.kill()
			kills++
		}
	}
}

// withdraw has a party withdraw from the convenant, by way of whichever gateway answers. It gives the answer.
func (s *served) withdraw(t *testing.T) reply {
	t.Helper()
	p := s.Party("school")
	signed, err := convenant.Sign(s.Convenant, convenant.Withdrawn, now(), p.Signer.Key, p.Signer.Chain)
	must(t, err)
	path := "/v1/convenanten/" + s.Convenant.ID + "/versies/" + strconv.Itoa(s.Convenant.Version) + "/ondertekeningen"
	got, _ := s.desk(t, "school/zc-1").insist(http.MethodPost, path, "application/jose", []byte(signed))
	if got.status != http.StatusCreated {
		t.Fatalf("withdrawing from the convenant: %d %s", got.status, got.body)
	}
	return got
}
