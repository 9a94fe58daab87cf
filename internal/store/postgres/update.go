package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Update runs fn in one durable transaction (see [audit.Store]). The context counts while waiting for a turn and for the head of the log,
// which another process may hold; a transaction that has begun is finished.
//
// First everything is collected and sent at once. When the engine finds a conflict in it, all is undone and fn is run again, with a
// savepoint for each change, so that the one that conflicts is refused alone. Before that, a process that is alone with the log tries without
// asking where it stands; see [Store.tryAtOnce].
func (s *Store) Update(ctx context.Context, fn func(audit.Tx) error) error {
	if err := s.acquire(ctx); err != nil {
		return err
	}
	defer s.release()
	err := s.tryAtOnce(ctx, fn)
	if errors.Is(err, errElsewhere) {
		err = s.attempt(ctx, fn, false)
	}
	if errors.Is(err, errAgain) || isOfChange(err) {
		err = s.attempt(ctx, fn, true)
	}
	return err
}

// errAgain says that a transaction must be run with savepoints.
var errAgain = errors.New("what was collected cannot be undone in part")

// attempt is one transaction from beginning to end.
//
// What a crash leaves, here or of the server: before COMMIT nothing; after it everything; in between the server decides, and who asked is
// told that it is not known. Whatever is said then is said after [Store.settle].
func (s *Store) attempt(ctx context.Context, fn func(audit.Tx) error, careful bool) error {
	head, err := s.begin(ctx)
	if err != nil {
		return err
	}
	bound, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	finished := false
	defer func() {
		if !finished { // fn panicked
			s.drop()
		}
	}()
	t := s.transaction(bound, head)
	t.careful = careful
	err = fn(t)
	finished = true
	if err == nil && t.spoiled {
		err = errAgain
	}
	if err != nil {
		s.rollback(bound)
		return err
	}
	s.alone = s.left != nil && s.left.Equal(head)
	return s.commit(bound, t)
}

func (s *Store) transaction(ctx context.Context, head audit.Head) *transaction {
	return &transaction{ctx: ctx, conn: s.writer.Conn(), head: head, batch: &pgx.Batch{}, room: &s.room}
}

// commit sends what is left with COMMIT behind it: one round trip.
func (s *Store) commit(ctx context.Context, t *transaction) error {
	t.flush()
	t.notify(s.hearing.self)
	done := false
	t.batch.Queue("COMMIT").Exec(func(tag pgconn.CommandTag) error {
		done = tag.String() == "COMMIT" // ROLLBACK: the transaction was in ruins, and this did not fail
		return nil
	})
	err := t.send()
	if err == nil && done && !warned(t.conn) {
		s.left, s.since = t.moved, time.Now()
		return nil
	}
	s.left, s.alone = nil, false
	if err == nil {
		err = errNotCertain
	}
	if isOfChange(err) { // the server skipped the rest, COMMIT with it
		s.rollback(ctx)
		return err
	}
	s.doubt = true
	s.drop()
	return fmt.Errorf("committing: %w", err)
}

var errNotCertain = errors.New("the server does not say that everything is where it must be")

// rollback undoes the transaction. When that fails the connection is thrown away, which undoes it as well.
func (s *Store) rollback(ctx context.Context) {
	if _, err := s.writer.Exec(ctx, "ROLLBACK"); err != nil {
		s.drop()
	}
}

// begin opens a transaction and takes the head of the log: one round trip. A connection that was closed while nobody used it (the server
// was restarted) is replaced once.
func (s *Store) begin(ctx context.Context) (audit.Head, error) {
	fresh := s.writer == nil
	for {
		head, err := s.lockHead(ctx)
		if err == nil && hungUpOn(s.writer.Conn()) {
			err = context.Cause(ctx)
		}
		if err == nil {
			return head, nil
		}
		s.drop()
		if fresh || ctx.Err() != nil || !isBroken(err) {
			return audit.Head{}, fmt.Errorf("taking the head of the log: %w", err)
		}
		fresh = true
	}
}

const beginUpdate = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

func (s *Store) lockHead(ctx context.Context) (head audit.Head, err error) {
	if s.writer == nil {
		if s.writer, err = s.pool.Acquire(ctx); err != nil {
			s.writer = nil
			return head, err
		}
	}
	if s.doubt {
		if err := s.settle(ctx); err != nil {
			return head, err
		}
	}
	var b pgx.Batch
	b.Queue(beginUpdate)
	b.Queue(selectHead + " FOR UPDATE").QueryRow(func(row pgx.Row) (err error) {
		head, err = scanHead(row)
		return err
	})
	return head, inWords(s.writer.SendBatch(ctx, &b).Close())
}

// settle writes the head that is there once more, after a commit of which the outcome is not known. It waits for a transaction that the
// server may still be busy with; and when the server waits for a standby at each commit, that has everything before this as well. Only
// then may what is read be taken for what is kept.
func (s *Store) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if _, err := s.writer.Exec(ctx, `UPDATE sluis.head SET size = size WHERE id = 1`); err != nil {
		return fmt.Errorf("looking whether the last commit was kept: %w", inWords(err))
	}
	if warned(s.writer.Conn()) {
		return fmt.Errorf("looking whether the last commit was kept: %w", errNotCertain)
	}
	s.doubt = false
	return nil
}
