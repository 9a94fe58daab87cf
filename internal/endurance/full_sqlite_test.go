package endurance

import (
	"os/exec"
	"slices"
	"strconv"
	"testing"
)

// TestNothingIsKeptOnAFullDisk lets every write of a gateway on SQLite fail, as on a full disk, and calls everything that the API has. What would
// keep something, or record who looked, answers that it cannot now; what only reads may answer. With room again everything works by itself.
func TestNothingIsKeptOnAFullDisk(t *testing.T) {
	s := prepare(t, &folder{})
	s.serve(t)
	p := newPress(s.Region)
	all, ways := s.operations(t), s.ways(t, p)
	under := s.underWay(t, p)
	s.writes(t, "0")
	// What these are about is made by others of these calls: it is not there, and that can be read.
	there := slices.DeleteFunc(slices.Clone(all), func(o operation) bool { return o.name == "geefZaakVrij" || o.name == "ondertekenConvenant" })
	s.refused(t, there, ways, func(o operation) bool { return keeps(o) || recorded[o.name] })
	s.keepsNothingOf(t, p)
	under.wait()

	s.writes(t, "unlimited")
	s.awaitReady(t)
	under.compare(t, s)
	for _, o := range all {
		if got := s.try(t, o, ways[o.name]); got.status/100 != 2 {
			t.Errorf("there is room again, and %s answers %d: %s", o.name, got.status, got.body)
		}
	}
	s.stop(t)
	if n := s.staged(t); n > 0 {
		t.Errorf("%d uploads are left", n)
	}
	_, err := s.place.verify(s.Config.Dir)
	must(t, err)
}

// recorded are the questions of which the trail tells that they were asked, before there is an answer.
var recorded = map[string]bool{"lijstAuditregels": true, "herhaalBesluit": true, "simuleerConvenant": true}

// writes sets how long a file of the gateway may become (setrlimit(2), RLIMIT_FSIZE): at 0 no write gets anywhere.
func (g *gate) writes(t testing.TB, most string) {
	t.Helper()
	if out, err := exec.Command("prlimit", "--pid", strconv.Itoa(g.process.Process.Pid), "--fsize="+most+":").CombinedOutput(); err != nil {
		t.Fatalf("limiting how long files may become: %v\n%s", err, out)
	}
}
