package endurance

import (
	"math/rand/v2"
	"os"
	"testing"
)

// TestALossIsFound shows that the judge of the kills can find something: a gateway that is put back on a copy from before has lost what it
// accepted since, and everybody who looks must see it.
func TestALossIsFound(t *testing.T) {
	s, w, j := siege(t)
	rng := rand.New(rand.NewPCG(1, 1))
	follower := s.open(t, "school/vc-1")
	first := s.life(t, w, rng)
	s.serve(t)
	w.login()
	none(t, j.again(t.Context(), first)...)
	s.stop(t)
	before := t.TempDir()
	must(t, os.CopyFS(before, os.DirFS(database(s.Config.Dir))))

	second := s.life(t, w, rng)
	s.serve(t)
	none(t, j.again(t.Context(), second)...)
	none(t, s.compare(t, second)...)
	none(t, j.follow(t.Context(), follower, second))
	s.stop(t)
	must(t, os.RemoveAll(database(s.Config.Dir)))
	must(t, os.CopyFS(database(s.Config.Dir), os.DirFS(before)))

	s.serve(t)
	if len(s.compare(t, second)) == 0 {
		t.Error("nothing is missed in the files")
	}
	if j.follow(t.Context(), follower, first) == nil {
		t.Error("the sender's software follows a log that lost what it had seen")
	}
	if len(j.again(t.Context(), second)) == 0 {
		t.Error("what was accepted is accepted anew, and nobody notices")
	}
}
