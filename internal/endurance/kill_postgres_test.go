package endurance

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestPostgresKilledAtAnyMoment kills all of PostgreSQL under load, again and again, and starts it again on what it left on the disk. The
// gateway is left alone: meanwhile it accepts nothing, then it goes on by itself, and everything that was answered is there once. SLUIS_KILLS
// is how often (default 5).
func TestPostgresKilledAtAnyMoment(t *testing.T) {
	c := pgtest.Start(t)
	s := besiege(t, inCluster(t, c), int(fromEnvironment(t, "SLUIS_KILLS", 5)))
	var recovering []time.Duration
	s.strike = func(t testing.TB, rng *rand.Rand) {
		c.Kill()
		s.acceptsNothing(t)
		time.Sleep(time.Duration(rng.IntN(100)) * time.Millisecond)
	}
	s.revive = func(t testing.TB, _ *rand.Rand) {
		c.Restart(t)
		began := now()
		s.awaitReady(t)
		recovering = append(recovering, now().Sub(began))
	}
	s.run(t)
	slices.Sort(recovering)
	t.Logf("ready again, after PostgreSQL was: half within %v, all within %v", part(recovering, 50).Round(time.Millisecond), part(recovering, 100).Round(time.Millisecond))
	if last := part(recovering, 100); last > 30*time.Second {
		t.Errorf("the gateway went on only %v after PostgreSQL did", last)
	}
}

// acceptsNothing wants a gateway without its database to say so, within the time that a caller waits.
func (s *siege) acceptsNothing(t testing.TB) {
	t.Helper()
	l, err := s.press.one("one recipient", s.senders[0].Person)
	must(t, err)
	began := now()
	got := s.senders[0].call(t.Context(), http.MethodPost, "/v1/berichten", l.contentType, l.body)
	if got.status != http.StatusServiceUnavailable || now().Sub(began) > 10*time.Second {
		t.Errorf("without its database the gateway answered %d after %v: %s", got.status, now().Sub(began), got.body)
	}
	if s.ready() {
		t.Error("the gateway says that it is ready, without its database")
	}
}
