package gatewaytest

import (
	"sync/atomic"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// Clock is a clock that runs as fast as any other, and can be moved forward. Give it to the gateway with Telling, and to each client
// with its Now. Only what a region does after it was started sees another time.
type Clock struct{ ahead atomic.Int64 }

// Now gives the time.
func (c *Clock) Now() time.Time { return time.Now().Add(c.Ahead()) }

// Ahead is how far the clock was moved.
func (c *Clock) Ahead() time.Duration { return time.Duration(c.ahead.Load()) }

// Later moves the clock forward.
func (c *Clock) Later(by time.Duration) { c.ahead.Add(int64(by)) }

// Until moves the clock forward to a moment.
func (c *Clock) Until(moment time.Time) { c.Later(moment.Sub(c.Now())) }

// Telling lets the gateway live by a clock.
func Telling(c *Clock) Option { return With(func(cfg *gateway.Config) { cfg.Now = c.Now }) }
