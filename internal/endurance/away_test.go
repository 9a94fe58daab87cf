package endurance

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// known is for how long a gateway that cannot reach its database may tell what was in force when it last could: advice, and lists of what
// everybody signed. It is registry.recent, and a moment in which a signal arrives.
const known = 5*time.Second + 100*time.Millisecond

// TestNothingWithoutTheDatabase takes PostgreSQL away from a running gateway, in two ways, and calls everything that the API has: what
// openapi.yaml describes, AuthZEN and the log. Each answers in time that it cannot now, with what is true of what was sent; nothing is
// promised, advised or kept; and when the database is back everything works, without anybody touching the gateway.
func TestNothingWithoutTheDatabase(t *testing.T) {
	for name, away := range map[string]struct {
		strike, back func(*pgtest.Cluster, testing.TB)
	}{
		// All its processes end at once: connections break, and new ones are refused.
		"killed": {func(c *pgtest.Cluster, _ testing.TB) { c.Kill() }, func(c *pgtest.Cluster, t testing.TB) { c.Restart(t) }},
		// Its machine hangs: connections stand, what is sent is swallowed, and new ones are not answered.
		"hanging": {func(c *pgtest.Cluster, _ testing.TB) { c.Freeze() }, func(c *pgtest.Cluster, _ testing.TB) { c.Thaw() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // they mostly wait
			c := pgtest.Start(t)
			s := prepare(t, inCluster(t, c))
			s.serve(t)
			p := newPress(s.Region)
			all, ways := s.operations(t), s.ways(t, p)
			for _, o := range all {
				if _, ok := ways[o.name]; !ok {
					t.Fatalf("nobody wrote down how %s is called: add it to ways, so that it is tried without its database too", o.name)
				}
			}
			under := s.underWay(t, p)
			away.strike(c, t)
			struck := now()
			s.refused(t, all, ways, func(o operation) bool { return keeps(o) }) // whatever is called at the moment that it happens
			time.Sleep(time.Until(struck.Add(known)))
			s.refused(t, all, ways, func(o operation) bool { return without[o.name] == "" })
			s.keepsNothingOf(t, p)
			under.wait()

			away.back(c, t)
			back := now()
			s.awaitReady(t)
			t.Logf("it went on %v after the database was back", time.Since(back))
			under.compare(t, s)
			for _, o := range all {
				got := s.try(t, o, ways[o.name])
				if got.status/100 != 2 || strings.Contains(o.path, "/access/v1/eval") && !bytes.Contains(got.body, []byte(`"decision":true`)) {
					t.Errorf("the database is back, and %s answers %d: %s", o.name, got.status, got.body)
				}
			}
			s.stop(t)
			if n := s.staged(t); n > 0 {
				t.Errorf("%d uploads are left", n)
			}
			_, err := s.place.verify(s.Config.Dir)
			must(t, err)
		})
	}
}

// keeps reports whether an operation, when it succeeds, keeps what was sent.
func keeps(o operation) bool {
	return o.method == http.MethodPost && !strings.HasPrefix(o.path, "/access/") && o.name != "simuleerConvenant"
}

// refused calls everything at once. What must be refused has to be; nothing else may be worse than that.
func (s *served) refused(t *testing.T, all []operation, ways map[string]way, must func(operation) bool) {
	t.Helper()
	var calls sync.WaitGroup
	for _, o := range all {
		calls.Go(func() {
			began := now()
			got := s.try(t, o, ways[o.name])
			took := time.Since(began)
			switch {
			case got.status == http.StatusServiceUnavailable:
				s.tellsTheTruth(t, o, got)
			case must(o) || got.status != http.StatusOK:
				t.Errorf("without its database %s answers %d after %v: %s", o.name, got.status, took, got.body)
			}
			if took > longest(o) {
				t.Errorf("without its database %s takes %v to answer %d", o.name, took, got.status)
			}
		})
	}
	calls.Wait()
}

// longest is how long an answer may take. The parties' software waits half a minute for most, and longer for what may be large; the gateway
// says it 5 seconds before, and a machine that is busy may take those and as many more.
func longest(o operation) time.Duration {
	switch o.name {
	case "verstuurBericht", "haalLadingOp", "haalMotiveringOp", "lijstBerichten", "gebeurtenissen", "simuleerConvenant":
		return time.Minute
	}
	return 35 * time.Second
}
