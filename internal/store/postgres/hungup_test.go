package postgres

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
)

// TestAConnectionOnWhichSomebodyHungUp is used for nobody else, also when his answer had come just before.
func TestAConnectionOnWhichSomebodyHungUp(t *testing.T) {
	s := opened(t, migrated(t))
	for _, hangsUp := range []bool{false, true} {
		c, err := s.pool.Acquire(t.Context())
		must(t, err)
		pid := c.Conn().PgConn().PID()
		ctx, hangUp := context.WithCancel(t.Context())
		rows, err := c.Query(ctx, `SELECT n FROM generate_series(1, 3) n`)
		must(t, err)
		for rows.Next() {
			if hangsUp { // the whole answer is here, and the connection is still his
				hangUp()
			}
		}
		rows.Close()
		hangUp()
		c.Release()
		again := false
		for _, c := range all(t, s) {
			again = again || c.Conn().PgConn().PID() == pid
			c.Release()
		}
		if again == hangsUp {
			t.Errorf("hangs up %v: used again %v", hangsUp, again)
		}
	}
}

// all takes all connections of a store that never wrote; each works.
func all(t *testing.T, s *Store) (list []*pgxpool.Conn) {
	t.Helper()
	for range connections {
		c, err := s.pool.Acquire(t.Context())
		must(t, err)
		must(t, c.Ping(t.Context()))
		list = append(list, c)
	}
	return list
}
