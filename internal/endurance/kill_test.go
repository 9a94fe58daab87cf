package endurance

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// fromEnvironment gives a number that the environment may set.
func fromEnvironment(t testing.TB, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	must(t, err)
	return n
}

// TestGatewayKilledAtAnyMoment kills a gateway under load, again and again on the same database, and holds the next one to what this one
// answered: every message answered 201 is there once, with its records; of what was answered 4xx nothing is; what got no answer can be
// sent again and is there once; the log verifies and never forks. SLUIS_KILLS is how often (by default 20, and 5 on PostgreSQL).
func TestGatewayKilledAtAnyMoment(t *testing.T) {
	onEach(t, func(t *testing.T, at place) {
		few := uint64(20)
		if _, ok := at.(*folder); !ok {
			few = 5
		}
		s := besiege(t, at, int(fromEnvironment(t, "SLUIS_KILLS", few)))
		s.strike = func(testing.TB, *rand.Rand) { s.kill() }
		s.revive = func(t testing.TB, rng *rand.Rand) {
			if rng.IntN(8) == 0 { // a kill during the start
				s.launch(t)
				time.Sleep(time.Duration(rng.IntN(600)) * time.Millisecond)
				s.kill()
			}
			s.serve(t)
		}
		s.run(t)
	})
}

// siege kills something under load, and judges what is there after.
type siege struct {
	*served
	*load
	judge  *judge
	kills  int
	strike func(testing.TB, *rand.Rand) // what is killed
	revive func(testing.TB, *rand.Rand) // returns when messages are accepted again
}

// besiege makes everything for a test that kills: a region, its people, and somebody who judges.
func besiege(t *testing.T, at place, kills int) *siege {
	t.Helper()
	s := &siege{served: prepare(t, at), kills: kills}
	s.load = &load{press: newPress(s.Region), readers: map[string]*desk{}}
	for _, name := range []string{"school/vc-1", "school/zc-1", "school/vc-1", "school/zc-1"} {
		s.senders = append(s.senders, s.desk(t, name))
	}
	for _, name := range []string{"politie/wa-7", "politie/sc-1"} {
		s.readers[name] = s.desk(t, name)
	}
	s.judge = newJudge(t, s.served, s.load)
	return s
}

// run kills and judges as often as it was told.
func (s *siege) run(t *testing.T) {
	seed := fromEnvironment(t, "SLUIS_SEED", rand.Uint64())
	t.Logf("play again with SLUIS_SEED=%d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	follower := s.open(t, "school/vc-1")
	s.serve(t)
	var all []*letter
	rounds := 0
	for ; rounds < s.kills || rounds < 10*s.kills && !enough(s.kills, all); rounds++ { // on a slow machine little happens in a life
		letters := s.life(t, rng)
		all = append(all, letters...)
		s.revive(t, rng)
		s.login()
		none(t, s.judge.again(t.Context(), letters)...)
		none(t, s.compare(t, letters)...)
		none(t, s.judge.follow(t.Context(), follower, letters))
		for _, l := range letters {
			l.body = nil // nobody sends it again: two hundred lives of it were gigabytes
		}
		if rounds%50 == 49 { // it reads all that there is, of all lives
			none(t, s.trail(t, s.judge.seen))
		}
		if t.Failed() {
			t.Fatalf("after kill %d", rounds+1)
		}
	}
	s.stop(t)
	none(t, s.trail(t, s.judge.seen))
	none(t, s.compare(t, all)...) // a later life took nothing of an earlier one
	tell(t, rounds, all)
	if left, most := s.staged(t), rounds*len(s.senders); left > most {
		t.Errorf("%d uploads of no message are left, and the kills can have cut off %d at most", left, most)
	}
	s.sweep(t)
}

// none fails for each error that is one.
func none(t *testing.T, wrong ...error) {
	t.Helper()
	for _, err := range wrong {
		if err != nil {
			t.Error(err)
		}
	}
}

// life has everybody work with a gateway that serves, and strikes at some moment after it accepted something.
func (s *siege) life(t *testing.T, rng *rand.Rand) []*letter {
	t.Helper()
	s.login()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	moment, seed := time.Duration(rng.IntN(500))*time.Millisecond, rng.Uint64()
	working, ended := make(chan struct{}), make(chan struct{})
	var letters []*letter
	var err error
	go func() {
		defer close(ended)
		letters, err = s.load.run(ctx, seed, func() { close(working) })
	}()
	select {
	case <-working:
	case <-ended:
		t.Fatalf("nothing was accepted within a minute: %v\n%s", err, s.said())
	}
	time.Sleep(moment)
	s.strike(t, rng)
	// A gateway that was killed is silent, and everybody stops. One whose database was killed says that it cannot, for a while.
	time.AfterFunc(time.Duration(rng.IntN(200))*time.Millisecond, cancel)
	<-ended
	must(t, err)
	return letters
}
