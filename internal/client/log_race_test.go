package client

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTwoCommandsCannotBeShownTwoLogs: while one command asks for the proof that the log only grew, another of the same
// participant is shown another log that grew from the same beginning. One of the two must find out.
func TestTwoCommandsCannotBeShownTwoLogs(t *testing.T) {
	for name, first := range map[string]int{"longer": 14, "shorter": 11} {
		t.Run(name, func(t *testing.T) {
			c, log, _ := follower(t)
			log.append(10, "zout")
			check(t, log.shownTo(c, log.receipt(0, 10)))
			other := log.fork(10)
			other.append(first-10, "ander")
			log.append(2, "zout")

			var met sync.Once
			honest := c.http.Transport
			c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
				met.Do(func() {
					second, err := New(c.profile, WithTransport(func(http.RoundTripper) http.RoundTripper { return other }))
					check(t, err)
					check(t, other.shownTo(second, other.receipt(10, first)))
				})
				return honest.RoundTrip(r)
			})
			wants(t, log.shownTo(c, log.receipt(11, 12)), LogForked)
		})
	}
}

// TestCommandsAtOnceKeepTheNewest: what was seen of the log is not forgotten because an older command finishes last.
func TestCommandsAtOnceKeepTheNewest(t *testing.T) {
	c, log, _ := follower(t)
	log.append(40, "zout")
	receipts := make([]tlog.Receipt, 40)
	for i := range receipts {
		receipts[i] = log.receipt(i, i+1)
	}
	var all sync.WaitGroup
	for _, receipt := range receipts {
		one, err := New(c.profile, WithTransport(func(http.RoundTripper) http.RoundTripper { return log }))
		check(t, err)
		all.Go(func() {
			if err := log.shownTo(one, receipt); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if kept := read(t, c.profile.Dir, fileCheckpoint); !strings.HasPrefix(string(kept), "localhost:8443/log\n40\n") {
		t.Errorf("the newest checkpoint was not kept:\n%s", kept)
	}
}
