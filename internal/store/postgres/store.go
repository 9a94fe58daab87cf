package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// Store is safe for concurrent use. It is what audit, registry, relay, replay and auth keep their data in.
type Store struct {
	pool    *pgxpool.Pool
	turn    chan struct{} // holds one token: who has it may use the writer, and can be waited for with a context
	writer  *pgxpool.Conn // kept apart, so that a commit does not queue behind reads; nil when the last one was broken
	left    *audit.Head   // the head of the log as this process left it, when its last transaction kept something; else nil
	alone   bool          // nobody else had moved the head when this process last looked
	since   time.Time     // when that transaction ended
	room    room          // to collect batches for the writer in
	doubt   bool          // the outcome of the last commit is unknown; see settle
	closing sync.Once
	knowing knowing
	hearing hearing // what other processes on this database tell; see watch.go
}

var (
	_ audit.Store      = (*Store)(nil)
	_ registry.Store   = (*Store)(nil)
	_ relay.Store      = (*Store)(nil)
	_ replay.Store     = (*Store)(nil)
	_ auth.ReplayStore = (*Store)(nil)
)

// newStore makes a store of connections to a database that was looked at.
func newStore(pool *pgxpool.Pool) *Store {
	s := &Store{pool: pool, turn: make(chan struct{}, 1)}
	s.turn <- struct{}{}
	return s
}

// Close waits for what is under way and closes all connections. Only what was committed stays.
func (s *Store) Close() error {
	s.closing.Do(func() {
		<-s.turn // never given back: nobody writes any more
		s.drop()
		s.pool.Close()
	})
	return nil
}

// sessionBounds hold in every session of a store. The server ends what takes longer: a process that stands still with the head of the log in
// its hands, or one that was cut off, must not stop the others for ever. And it goes along indexes: it may not know yet how large a table has
// become since it planned a statement.
var sessionBounds = map[string]string{
	"lock_timeout":                        "10s",
	"statement_timeout":                   "30s",
	"idle_in_transaction_session_timeout": "15s",
	"enable_seqscan":                      "off",
	"enable_hashjoin":                     "off",
	"enable_mergejoin":                    "off",
	"jit":                                 "off",
}

// patience is how long a transaction of the log may take once it was begun. It is bounded here as well: a commit that waits for a standby
// is not bounded by the server.
const patience = 45 * time.Second

// acquire waits for the writer's turn. Every acquire is followed by a release.
func (s *Store) acquire(ctx context.Context) error {
	select {
	case <-s.turn:
		if ctx.Err() == nil {
			return nil
		}
		s.release()
	case <-ctx.Done():
	}
	return fmt.Errorf("waiting for the store: %w", context.Cause(ctx))
}

func (s *Store) release() { s.turn <- struct{}{} }

// drop lets go of the writer's connection. The pool closes it when a transaction is still open on it, which undoes that.
func (s *Store) drop() {
	if s.writer != nil {
		s.writer.Release()
		s.writer, s.room, s.left, s.alone = nil, nil, nil, false
	}
}
