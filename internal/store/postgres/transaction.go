package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// transaction is an audit.Tx; it is used by one goroutine, in its transaction only. Writes are collected in pending, from there queued in
// batch as statements, and sent when there is a reason to.
type transaction struct {
	ctx     context.Context
	conn    *pgx.Conn
	head    audit.Head  // as it was found, locked
	moved   *audit.Head // as it is set by this transaction
	careful bool
	once    bool // nothing was sent yet, not even BEGIN; see tryAtOnce
	spoiled bool // something was collected that should not have been: run again carefully
	pending pending
	batch   *pgx.Batch
	room    *room // to collect batches in; of the connection
	writes  int   // collected so far
	refuses bool  // something in it refuses a message
	heard   heard
}

func (t *transaction) Head() (audit.Head, error) { return t.head, nil }

// Hashes reads what was there before this transaction; what it adds itself its caller knows.
func (t *transaction) Hashes(indexes []int64) ([]tlog.Hash, error) {
	if t.once {
		return nil, errElsewhere
	}
	rows, err := t.conn.Query(t.ctx, selectHashes, indexes)
	if err != nil {
		return nil, fmt.Errorf("reading hashes: %w", inWords(err))
	}
	return scanHashes(rows, indexes)
}

// Savepoint runs fn; see [audit.Tx]. What is collected together is sent together at the end; carefully it is sent for each change, and
// one that the engine refuses is undone.
func (t *transaction) Savepoint(fn func() error) error {
	if !t.careful {
		before := t.writes
		err := fn()
		if err != nil && t.writes > before {
			t.spoiled = true
		}
		return err
	}
	if err := t.send(); err != nil {
		return fmt.Errorf("%w: %w", audit.ErrAborted, err)
	}
	heard := t.heard
	t.batch.Queue("SAVEPOINT change")
	err := fn()
	if err != nil { // nothing was sent yet
		t.discard(heard)
		return err
	}
	t.flush()
	t.batch.Queue("RELEASE SAVEPOINT change")
	if err = t.send(); err == nil {
		return nil
	}
	t.discard(heard)
	if !isOfChange(err) {
		return fmt.Errorf("%w: %w", audit.ErrAborted, err)
	}
	if _, back := t.conn.Exec(t.ctx, "ROLLBACK TO SAVEPOINT change"); back != nil {
		return fmt.Errorf("undoing a change: %w: %w", audit.ErrAborted, errors.Join(err, inWords(back)))
	}
	return err
}

// discard forgets what was collected and not sent.
func (t *transaction) discard(heard heard) {
	t.pending, t.batch, t.heard = pending{}, &pgx.Batch{}, heard
}

// flush queues what is collected, table by table.
func (t *transaction) flush() {
	t.pending.queue(t.batch)
	t.pending = pending{}
}

// send sends what is collected and queued, in one round trip.
func (t *transaction) send() error {
	t.flush()
	if t.batch.Len() == 0 {
		return nil
	}
	batch := t.batch
	t.batch = &pgx.Batch{}
	*t.room = roomFor(batch, *t.room)
	t.conn.PgConn().Frontend().Send(*t.room)
	err := t.conn.SendBatch(t.ctx, batch).Close()
	if err != nil || cap(*t.room) > mostRoom {
		*t.room = nil // the connection may still hold on to it; or it is more than is worth keeping
	}
	return inWords(err)
}

// expect queues a statement that must touch n rows, of each of which it returns something; code says what it is when it does not.
func expect(b *pgx.Batch, n int, code, statement string, args ...any) {
	b.Queue(fmt.Sprintf(`WITH touched AS (%s) SELECT sluis.expect(count(*) = $%d, $%d) FROM touched`, statement, len(args)+1, len(args)+2),
		append(args, n, code)...)
}
