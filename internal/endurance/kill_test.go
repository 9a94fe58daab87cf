package endurance

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/tlog"
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

// TestGatewayKilledAtAnyMoment kills a gateway under load, again and again on the same folder, and holds the next one to what this one
// answered: every message answered 201 is there once, with its records; of what was answered 4xx nothing is; what got no answer can be
// sent again and is there once; the log verifies and never forks. SLUIS_KILLS is how often (default 20).
func TestGatewayKilledAtAnyMoment(t *testing.T) {
	kills := int(fromEnvironment(t, "SLUIS_KILLS", 20))
	seed := fromEnvironment(t, "SLUIS_SEED", rand.Uint64())
	t.Logf("play again with SLUIS_SEED=%d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))

	s, w, j := siege(t)
	follower := s.open(t, "school/vc-1")
	var all []*letter
	for round := range kills {
		if rng.IntN(8) == 0 { // a kill during the start
			s.launch(t)
			time.Sleep(time.Duration(rng.IntN(600)) * time.Millisecond)
			s.kill()
			continue
		}
		letters := s.life(t, w, rng)
		all = append(all, letters...)

		s.serve(t)
		w.login()
		none(t, j.again(t.Context(), letters)...)
		none(t, s.compare(t, letters)...)
		none(t, j.follow(t.Context(), follower, letters))
		if round%20 == 19 {
			sluis(t, "trail", "verify", "--dir", s.Config.Dir)
		}
		s.kill()
	}
	s.serve(t)
	s.stop(t)
	sluis(t, "trail", "verify", "--dir", s.Config.Dir)
	none(t, s.compare(t, all)...) // a later life took nothing of an earlier one
	if staged := s.staged(t); staged > kills*len(w.senders) {
		t.Errorf("%d uploads are staged and of nobody: those that a kill cut off are %d at most", staged, kills*len(w.senders))
	}
	tell(t, kills, all)
}

// siege makes everything for a test that kills: a region, its people, and somebody who judges.
func siege(t *testing.T) (*served, *load, *judge) {
	t.Helper()
	s := prepare(t)
	w := &load{press: newPress(s.Region), readers: map[string]*desk{}}
	for _, name := range []string{"school/vc-1", "school/zc-1", "school/vc-1", "school/zc-1"} {
		w.senders = append(w.senders, s.desk(t, name))
	}
	for _, name := range []string{"politie/wa-7", "politie/sc-1"} {
		w.readers[name] = s.desk(t, name)
	}
	verifier, err := tlog.ParseVerifier(s.Gateway.LogVerifierKey())
	must(t, err)
	return s, w, &judge{origin: tlog.Origin(strings.TrimPrefix(s.URL, "https://")), verifier: verifier, load: w}
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

// life has everybody work with a new process, and kills it at some moment after it accepted something.
func (s *served) life(t *testing.T, w *load, rng *rand.Rand) []*letter {
	t.Helper()
	s.serve(t)
	w.login()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	moment, seed := time.Duration(rng.IntN(500))*time.Millisecond, rng.Uint64()
	working, ended := make(chan struct{}), make(chan struct{})
	var letters []*letter
	var err error
	go func() {
		defer close(ended)
		letters, err = w.run(ctx, seed, func() { close(working) })
	}()
	select {
	case <-working:
	case <-ended:
	}
	time.Sleep(moment)
	s.kill()
	<-ended
	must(t, err)
	if ctx.Err() != nil {
		t.Fatal("nothing was accepted within a minute")
	}
	return letters
}
