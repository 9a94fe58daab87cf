package endurance

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestALossIsFound shows that the judge of the kills can find something: a gateway that is put back on a copy from before has lost what it
// accepted since, and everybody who looks must see it.
func TestALossIsFound(t *testing.T) {
	onEachAlone(t, func(t *testing.T, at place) {
		s := besiege(t, at, 0)
		s.strike = func(testing.TB, *rand.Rand) { s.kill() }
		rng := rand.New(rand.NewPCG(1, 1))
		follower := s.open(t, "school/vc-1")
		s.serve(t)
		first := s.life(t, rng)
		s.serve(t)
		none(t, s.judge.again(t.Context(), first)...)
		s.stop(t)
		before := at.copy(t)

		s.serve(t)
		second := s.life(t, rng)
		s.serve(t)
		none(t, s.judge.again(t.Context(), second)...)
		none(t, s.compare(t, second)...)
		none(t, s.judge.follow(t.Context(), follower, second))
		s.stop(t)
		none(t, s.trail(t, s.judge.seen))
		before.putBack(t)

		s.launch(t)
		if err := <-s.ended; err == nil || !strings.Contains(s.said(), "mist auditregels die de sluis al had laten zien") {
			t.Errorf("the gateway starts on a log that lost what it showed: %v\n%s", err, s.said())
		}
		must(t, os.Remove(filepath.Join(s.Config.Dir, "controlepunt"))) // a gateway that does not know is found out by others
		s.serve(t)
		if len(s.compare(t, second)) == 0 {
			t.Error("nothing is missed in the database")
		}
		if s.trail(t, s.judge.seen) == nil {
			t.Error("nothing is missed in the log")
		}
		if s.judge.follow(t.Context(), follower, first) == nil {
			t.Error("the sender's software follows a log that lost what it had seen")
		}
		if len(s.judge.again(t.Context(), second)) == 0 {
			t.Error("what was accepted is accepted anew, and nobody notices")
		}
	})
}
