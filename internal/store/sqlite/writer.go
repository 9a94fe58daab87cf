package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// writer is the one connection that writes. Whoever holds turn has it.
type writer struct {
	db         *sql.DB
	turn       chan struct{} // holds one token: a lock that a caller can stop waiting for
	conn       *sql.Conn     // nil when the last one was broken
	statements map[string]*sql.Stmt
}

func newWriter(ctx context.Context, path string) (*writer, error) {
	db, err := sql.Open("sqlite", address(path,
		"journal_mode(wal)",
		"synchronous(full)", // every commit is synced: "Accepted means safe"
		"secure_delete(on)", // what is erased is overwritten: "Sluis forgets"
		"cell_size_check(1)",
	))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &writer{db: db, turn: make(chan struct{}, 1)}
	w.turn <- struct{}{}
	if err := w.start(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return w, nil
}

// start checks that the file does what the package promises, and migrates it.
func (w *writer) start(ctx context.Context) error {
	if err := w.db.PingContext(ctx); err != nil {
		return fmt.Errorf("opening for writing: %w", err)
	}
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "foreign_keys": "1"} {
		var got string
		if err := w.db.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return fmt.Errorf("reading %s: %w", pragma, err)
		}
		if got != want {
			return fmt.Errorf("%s is %s and must be %s", pragma, got, want)
		}
	}
	return migrate(ctx, w.db)
}

// acquire waits for the writer's turn. Every acquire is followed by a release.
func (w *writer) acquire(ctx context.Context) error {
	select {
	case <-w.turn:
	case <-ctx.Done():
		return fmt.Errorf("waiting for the store: %w", context.Cause(ctx))
	}
	if w.conn != nil {
		return nil
	}
	conn, err := w.db.Conn(context.Background())
	if err != nil {
		w.release()
		return fmt.Errorf("connecting to the store: %w", err)
	}
	w.conn, w.statements = conn, make(map[string]*sql.Stmt)
	return nil
}

func (w *writer) release() { w.turn <- struct{}{} }

// drop throws the connection away, and with it any transaction on it: its state is not known any more.
func (w *writer) drop() {
	if w.conn == nil {
		return
	}
	w.conn.Raw(func(any) error { return driver.ErrBadConn })
	w.conn.Close()
	w.conn, w.statements = nil, nil
}

// transact runs fn in a transaction that nobody's context can break off half-way.
func (w *writer) transact(ctx context.Context, fn func() error) (err error) {
	if err := w.acquire(ctx); err != nil {
		return err
	}
	defer w.release()
	if _, err := w.exec("BEGIN IMMEDIATE"); err != nil {
		w.drop()
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	finished := false
	defer func() {
		if !finished { // fn panicked
			w.drop()
		}
	}()
	err = fn()
	finished = true
	if err != nil {
		if _, back := w.exec("ROLLBACK"); back != nil || engineFailed(err) {
			w.drop() // which rolls back as well
		}
		return err
	}
	// A crash before this line leaves nothing of the transaction, after it all; in between SQLite decides, by the checksum of the
	// last frame in its journal.
	if _, err := w.exec("COMMIT"); err != nil {
		w.drop()
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// exec runs a statement, prepared once, on the writer's connection. It is for those who have the turn.
func (w *writer) exec(query string, args ...any) (sql.Result, error) {
	s, err := w.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

// query is like exec, for rows.
func (w *writer) query(query string, args ...any) (*sql.Rows, error) {
	s, err := w.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

// row is like query, for one row.
func (w *writer) row(query string, args ...any) scanner {
	s, err := w.prepared(query)
	if err != nil {
		return failed{err}
	}
	return s.QueryRowContext(context.Background(), args...)
}

func (w *writer) prepared(query string) (*sql.Stmt, error) {
	if s, ok := w.statements[query]; ok {
		return s, nil
	}
	if w.conn == nil {
		return nil, errors.New("no connection")
	}
	s, err := w.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	w.statements[query] = s
	return s, nil
}

// close wipes and closes; nobody writes any more.
func (w *writer) close() error {
	if err := w.acquire(context.Background()); err != nil {
		return errors.Join(err, w.db.Close())
	}
	_, wiped := w.wipe()
	for _, s := range w.statements {
		s.Close()
	}
	return errors.Join(wiped, w.conn.Close(), w.db.Close())
}

type scanner interface{ Scan(dest ...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }
