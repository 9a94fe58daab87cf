package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"
)

// noteHangups keeps a connection on which a caller hung up from the next one. To break off what a caller waits for, the library sets a deadline
// on the connection and takes it away again. Where the answer came just before, the connection goes on; but on a machine that is busy the
// library may still be reading from it in the background (after a write of more than 15 ms), and then the next caller, who did not hang up, is
// told that the time is over.
func noteHangups(config *pgxpool.Config) {
	config.ConnConfig.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler { return hangups{c} }
	config.PrepareConn = func(_ context.Context, c *pgx.Conn) (bool, error) { return !hungUpOn(c), nil }
}

const hungUp = "sluis: hung up"

// hungUpOn reports whether a caller hung up while a connection was his.
func hungUpOn(c *pgx.Conn) bool { return c.PgConn().CustomData()[hungUp] != nil }

// hangups is told when a caller hangs up while a connection is his, and when it no longer is.
type hangups struct{ conn *pgconn.PgConn }

// HandleCancel breaks off what is under way.
func (h hangups) HandleCancel(context.Context) {
	_ = h.conn.Conn().SetDeadline(time.Now()) // of a connection that is closed: nothing is under way
}

// HandleUnwatchAfterCancel notes it, in the goroutine of the caller. The deadline goes, so that the server can be told that the connection ends.
func (h hangups) HandleUnwatchAfterCancel() {
	h.conn.CustomData()[hungUp] = true
	_ = h.conn.Conn().SetDeadline(time.Time{})
}
