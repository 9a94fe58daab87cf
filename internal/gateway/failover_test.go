package gateway_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/gateway"
)

// A primary with a synchronous replica is killed under load and the replica takes over: the gateway finds it by itself, and what was
// answered with 201 is there.
func TestSynchronousFailoverLosesNothing(t *testing.T) {
	p := newPair(t, true)
	accepted := make(chan []string)
	go func() { accepted <- p.load(25) }()
	for end := time.Now().Add(time.Minute); p.accepted.Load() < 10 && time.Now().Before(end); time.Sleep(time.Millisecond) {
	}
	p.primary.Kill()
	p.replica.Promote(t)
	ids := <-accepted
	took := p.accepting()
	ids = append(ids, p.load(2)...)
	if n := p.missing(ids); n > 0 || len(ids) < 10 {
		t.Errorf("%d of %d accepted messages are lost", n, len(ids))
	}
	p.Stop()
	if report := p.verified(p.replica); len(report.Losses) != 0 || report.Messages < int64(len(ids)) {
		t.Errorf("%+v", report)
	}
	t.Logf("%d messages accepted, accepting again %s after the promotion", len(ids), took.Round(10*time.Millisecond))
}

// With an asynchronous replica that lags the loss is noticed: nothing is accepted by the gateway that saw more, nor by its next process,
// until a person admits the loss; then the log goes on under another name, and the old primary is not gone on with.
func TestAsynchronousFailoverIsNoticed(t *testing.T) {
	p := newPair(t, false)
	before := p.load(2)
	p.primary.CaughtUp(t)
	p.replica.Disconnect(t)
	lost := p.load(2)
	p.primary.Kill()
	p.replica.Promote(t)

	if status, body := p.noticed(); status != http.StatusServiceUnavailable || !strings.Contains(body, "mist auditregels") {
		t.Errorf("%d %s", status, body)
	}
	if n := len(p.load(1)); n > 0 {
		t.Errorf("%d messages are accepted on top of a loss", n)
	}
	p.Stop()
	if _, err := gateway.New(t.Context(), p.Config, testLogger(t)); !errors.Is(err, audit.ErrLost) {
		t.Fatalf("the next process started: %v", err)
	}
	admitted, err := gateway.AdmitLoss(t.Context(), p.Config, nil)
	if err != nil || len(admitted) != 1 {
		t.Fatalf("%d losses admitted: %v", len(admitted), err)
	}
	if _, err := gateway.AdmitLoss(t.Context(), p.Config, nil); !errors.Is(err, audit.ErrNotLost) {
		t.Errorf("admitted twice: %v", err)
	}
	p.Restart()
	if p.missing(before) != 0 || p.missing(lost) != len(lost) {
		t.Error("what was lost is not what was sent after the replica was cut off")
	}
	p.accepting()
	report := p.verified(p.replica)
	if len(report.Losses) != 1 || !strings.HasSuffix(report.Name, "/log/2") || report.Losses[0].Next != report.Name {
		t.Errorf("%+v", report)
	}

	// The old primary comes back, longer than what took over was. The gateway finds it first, and does not go on with it.
	p.Stop()
	p.primary.Restart(t)
	if _, err := gateway.New(t.Context(), p.Config, testLogger(t)); !errors.Is(err, audit.ErrLost) {
		t.Errorf("a gateway goes on with the old primary: %v", err)
	}
}
