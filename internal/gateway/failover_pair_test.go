package gateway_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// pair is a region whose gateway knows two servers: a primary and what will take over.
type pair struct {
	*gatewaytest.Region
	t                *testing.T
	primary, replica *pgtest.Cluster
	database         string
	accepted         atomic.Int64 // messages, by load
}

// newPair starts a primary, a region on it, and a replica; the gateway is told of both.
func newPair(t *testing.T, synchronous bool) *pair {
	t.Helper()
	p := &pair{t: t, primary: pgtest.Start(t)}
	db := p.primary.Database(t)
	p.database = db.Name
	p.Region = gatewaytest.Start(t, gatewaytest.OnDatabase(db))
	p.replica = pgtest.Replica(t, p.primary, synchronous)
	p.Restart(func(c *gateway.Config) {
		c.Store.Postgres = pgtest.Either(pgtest.GatewayRole, db.Name, p.primary, p.replica)
	})
	return p
}

// load sends n messages from four senders at once, until told to stop, and gives the ids that were answered with 201.
func (p *pair) load(n int) []string {
	p.t.Helper()
	var mu sync.Mutex
	var accepted []string
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range n {
				e := p.Signal("school/vc-1", "politie/wa-7")
				envelope, payload := p.Seal(e, 100)
				if status := p.send(envelope, payload); status == http.StatusCreated {
					p.accepted.Add(1)
					mu.Lock()
					accepted = append(accepted, e.ID)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return accepted
}

// send gives the status of the answer, 0 for none.
func (p *pair) send(envelope string, payload []byte) int {
	resp := p.Person("school/vc-1").Send(envelope, payload)
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// accepting waits until messages are accepted again, and gives how long it took.
func (p *pair) accepting() time.Duration {
	p.t.Helper()
	start := time.Now()
	for len(p.load(1)) == 0 {
		if time.Since(start) > 2*time.Minute {
			p.t.Fatal("no message is accepted any more")
		}
		time.Sleep(100 * time.Millisecond)
	}
	return time.Since(start)
}

// missing counts messages of which the payload cannot be fetched.
func (p *pair) missing(ids []string) (n int) {
	p.t.Helper()
	end := time.Now().Add(time.Minute)
	for _, id := range ids {
		got := status(p.Person("politie/wa-7").HTTP().Get(p.URL + "/v1/berichten/" + id + "/lading"))
		for ; got == http.StatusServiceUnavailable && time.Now().Before(end); time.Sleep(50 * time.Millisecond) { // "not now" says nothing of the message
			got = status(p.Person("politie/wa-7").HTTP().Get(p.URL + "/v1/berichten/" + id + "/lading"))
		}
		if got != http.StatusOK {
			n++
		}
	}
	return n
}

// verified checks the whole trail on one of the servers by itself, as the gateway's role.
func (p *pair) verified(at *pgtest.Cluster) trailcheck.Report {
	p.t.Helper()
	connection, err := pgx.ParseConfig(at.As(pgtest.GatewayRole, p.database))
	if err != nil {
		p.t.Fatal(err)
	}
	names := verifiers(p.t, p.Gateway.LogVerifierKey())
	report, err := trailcheck.VerifyServer(p.t.Context(), connection, names[0], names[1:]...)
	if err != nil {
		p.t.Errorf("the trail is not sound: %v", err)
	}
	return report
}

// verifiers reads the keys of a log, a line for each name.
func verifiers(t *testing.T, keys string) (list []note.Verifier) {
	t.Helper()
	for line := range strings.Lines(keys) {
		v, err := tlog.ParseVerifier(line)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

// noticed waits until /readyz says that records are missing.
func (p *pair) noticed() (status int, body string) {
	p.t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if status, body = ready(p.t, p.Region); strings.Contains(body, "mist auditregels") {
			return status, body
		}
	}
	return status, body
}
