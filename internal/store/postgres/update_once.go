package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// errElsewhere says that a transaction must first ask where the log stands.
var errElsewhere = errors.New("the head of the log is not known to be where this process left it")

// expectHead takes the head of the log and wants it to be where this process left it: what the transaction holds was made for that.
const expectHead = `
	WITH h AS MATERIALIZED (SELECT size, note, time_ms, registry FROM sluis.head WHERE id = 1 FOR UPDATE)
	SELECT sluis.expect(EXISTS (SELECT 1 FROM h WHERE size = $1 AND note = $2 AND time_ms = $3 AND registry = $4), $5)`

// rested is how long a connection may go without a transaction and be trusted to be there.
const rested = time.Second

// tryAtOnce is a transaction in one round trip, from BEGIN to COMMIT: for a process that has had the log to itself. It spares each batch a wait
// for the server, and for a turn on a processor that is busy with other messages. Where somebody else came in between, the server finds that
// out before anything is written, and [errElsewhere] says to begin by asking; so it does when fn refuses or wants to read, because what
// fn saw is only known to be true when it was kept.
//
// What a crash leaves is what it leaves in attempt.
func (s *Store) tryAtOnce(ctx context.Context, fn func(audit.Tx) error) error {
	// Who may stop waiting, waits for the head before the transaction. And a connection that rested may have been closed meanwhile: only
	// who begins by asking finds that out in time to take another.
	if s.left == nil || !s.alone || s.writer == nil || s.doubt || ctx.Done() != nil || time.Since(s.since) > rested {
		return errElsewhere
	}
	head := *s.left
	bound, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	t := s.transaction(bound, head)
	t.once = true
	t.batch.Queue(beginUpdate)
	t.batch.Queue(expectHead, head.Size, head.Checkpoint, head.LastTime.UnixMilli(), head.Registry, headElsewhere)
	if err := fn(t); err != nil || t.spoiled {
		return errElsewhere // nothing was sent
	}
	err := s.commit(bound, t)
	switch {
	case codeOf(err) == headElsewhere:
		return errElsewhere
	case pgconn.SafeToRetry(err): // nothing of it left this process
		s.doubt = false
		return fmt.Errorf("%w: %w", errElsewhere, err)
	}
	return err
}
