package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Departure says that a store was moved to a database (docs/decisions/0031).
type Departure struct {
	Ticket      string // of the move: the database that it went to has the same
	Destination string // for people; no role, no password
}

// DepartedError is what [Open] gives for a store that was moved: a gateway on it would be a second one under the same name.
type DepartedError struct{ Departure }

func (DepartedError) Error() string { return "the store was moved to another database" }

const selectDeparture = `SELECT ticket, destination FROM departure`

// scanDeparture gives nil when the store is here.
func scanDeparture(row scanner) (*Departure, error) {
	var d Departure
	err := row.Scan(&d.Ticket, &d.Destination)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading whether the store was moved: %w", err)
	}
	return &d, nil
}

// ErrMissing says that there is no store to move.
var ErrMissing = errors.New("there is no store")

// OpenToMove is [Open] for whoever moves the store: it makes none where there is none ([ErrMissing]), and also opens one that departed.
func OpenToMove(ctx context.Context, path string) (*Store, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	return openAny(ctx, path)
}

// Departure tells where the store went; nil when it is here.
func (s *Store) Departure(ctx context.Context) (*Departure, error) {
	return scanDeparture(s.readers.QueryRowContext(ctx, selectDeparture))
}

// Depart notes that the store went. It is on disk when it returns, and there is no way back.
func (s *Store) Depart(ctx context.Context, d Departure) error {
	err := s.write.transact(ctx, func() error {
		_, err := s.write.exec(`INSERT INTO departure (id, ticket, destination) VALUES (1, ?, ?)`, d.Ticket, d.Destination)
		return err
	})
	if err != nil {
		return fmt.Errorf("noting that the store was moved: %w", err)
	}
	return nil
}

// Rows reads what is kept, in the form of the last of the migrations, for whoever moves it whole. The caller closes it.
func (s *Store) Rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.readers.QueryContext(ctx, query, args...)
}

// DepartureOf tells where the store in a file went, without opening it as its gateway does; nil when it is here, or there is none. It must
// not be asked in a process that has the store open.
func DepartureOf(ctx context.Context, path string) (*Departure, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	db, err := sql.Open("sqlite", address(path, "query_only(1)"))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var known bool
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'departure')`).Scan(&known); err != nil {
		return nil, fmt.Errorf("reading whether the store was moved: %w", err)
	}
	if !known {
		return nil, nil // a store of before that could be
	}
	return scanDeparture(db.QueryRowContext(ctx, selectDeparture))
}
