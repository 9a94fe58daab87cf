// Package move takes everything that a gateway keeps from a file of SQLite to an empty database on PostgreSQL: the same log goes on there,
// and nobody who used the gateway notices (docs/decisions/0031).
//
// It promises: never two stores that a gateway can go on with. The file is left only after every row was read back from the database and
// the whole trail there was verified, and no gateway starts on the database before the file was left. Broken off at any moment, by whatever,
// the file is still good, or the next run goes on to the end. It takes no more memory for a long trail than for a short one. It must not
// change anything that is kept; nor does it touch what lies beside the file: the key of the log and the day keys.
package move

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// Options say what is moved, and to where.
type Options struct {
	File        string           // of a gateway that stands still
	Database    postgres.Options // as its owner, who migrated it
	Destination string           // the database for people, kept in the file: no role, no password
	Names       []note.Verifier  // of the log, the first one first; see trailcheck
	Held        [][]byte         // checkpoints that the log must go on from: those that were shown
	// Tell hears of each step when it begins, and while records are copied of how far that is. nil for nobody.
	Tell func(Progress)
}

// Report tells what was moved.
type Report struct {
	Rows  int64             // of all tables
	Trail trailcheck.Report // of the database; empty when a move that was broken off was only finished
	Before
}

// Before says what an earlier run had done already.
type Before int

const (
	Nothing  Before = iota
	Left            // the file was left, and the database only had to be opened
	Finished        // everything
)

// Errors, besides those of [sqlite.OpenToMove] and [postgres.Filling].
var (
	ErrEmptyLog = errors.New("the log in the file is empty: there is nothing to move")
	ErrLost     = errors.New("the log in the file lost something that was shown")
	ErrUnlike   = errors.New("what the database holds is not what the file holds")
	// ErrDoubt: run again finds it out, and does what is left.
	ErrDoubt = errors.New("whether the file was left is not known")
)

// Run moves a store, and may be run again after whatever. When it gives an error the file is still good and no gateway works with the database,
// which is empty again unless it could not be reached for that; but for a [LeftError] and [ErrDoubt].
func Run(ctx context.Context, o Options) (Report, error) {
	source, err := sqlite.OpenToMove(ctx, o.File)
	if err != nil {
		return Report{}, err
	}
	report, err := run(ctx, o, source, (*mover).verify)
	return report, errors.Join(err, source.Close())
}

// LeftError says that the file was left: run again goes on to the end, when it is about the database to which it went.
type LeftError struct {
	Destination string
	Err         error
}

func (e *LeftError) Error() string { return fmt.Sprintf("after the file was left: %v", e.Err) }

func (e *LeftError) Unwrap() error { return e.Err }

// ErrElsewhere comes in a LeftError: the database that was named is not the one to which the store went.
var ErrElsewhere = errors.New("the store was moved to another database")

// check judges what the database holds, of which the head of the file is given.
type check func(*mover, context.Context, audit.Head) (trailcheck.Report, error)

// patience is how long it is tried to make a database empty again. The next run does it as well.
const patience = 2 * time.Minute

func run(ctx context.Context, o Options, source *sqlite.Store, sound check) (_ Report, err error) {
	gone, err := source.Departure(ctx)
	if err != nil {
		return Report{}, err
	}
	to, err := postgres.OpenFilling(ctx, o.Database)
	if err != nil {
		return Report{}, left(gone, err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if gone != nil {
		return finish(ctx, to, gone)
	}
	m := mover{Options: o, from: source, to: to}
	report, err := m.fill(ctx, sound)
	if err == nil {
		err = context.Cause(ctx) // now, or not at all
	}
	lasting := context.WithoutCancel(ctx)
	if err != nil {
		bound, cancel := context.WithTimeout(lasting, patience)
		defer cancel()
		return Report{}, errors.Join(err, to.Abandon(bound))
	}
	d := sqlite.Departure{Ticket: m.ticket, Destination: o.Destination}
	m.tell(Leaving, 0)
	if err := source.Depart(lasting, d); err != nil {
		// A disk that fails may have kept it all the same. The next run sees that; until then no gateway starts on the database.
		return Report{}, fmt.Errorf("%w: %w", ErrDoubt, err)
	}
	m.tell(Opening, 0)
	return report, left(&d, to.Finish(lasting))
}

// finish opens a database to which a store went.
func finish(ctx context.Context, to *postgres.Filling, gone *sqlite.Departure) (Report, error) {
	arrival, err := to.Arrival(ctx)
	switch {
	case err != nil:
		return Report{}, left(gone, err)
	case arrival == nil || arrival.Ticket != gone.Ticket:
		return Report{}, left(gone, ErrElsewhere)
	case !arrival.Filling:
		return Report{Before: Finished}, nil
	}
	return Report{Before: Left}, left(gone, to.Finish(ctx))
}

func left(gone *sqlite.Departure, err error) error {
	if gone == nil || err == nil {
		return err
	}
	return &LeftError{gone.Destination, err}
}

// mover is one run.
type mover struct {
	Options
	from   *sqlite.Store
	to     *postgres.Filling
	ticket string
}

// fill brings everything over and looks whether it is there.
func (m *mover) fill(ctx context.Context, sound check) (Report, error) {
	head, log, err := m.log(ctx)
	if err != nil {
		return Report{}, err
	}
	if _, err := m.to.Arrival(ctx); err != nil { // an empty or older form
		return Report{}, err
	}
	m.ticket = rand.Text()
	if err := m.to.Begin(ctx, m.ticket, log); err != nil {
		return Report{}, err
	}
	sums, err := m.copy(ctx, head.Size)
	if err != nil {
		return Report{}, err
	}
	if err := m.to.SetHead(ctx, head); err != nil {
		return Report{}, err
	}
	m.tell(Keeping, 0)
	if err := m.to.Keep(ctx); err != nil {
		return Report{}, err
	}
	if err := m.compare(ctx, sums); err != nil {
		return Report{}, err
	}
	var report Report
	for _, s := range sums {
		report.Rows += s.rows
	}
	report.Trail, err = sound(m, ctx, head)
	return report, err
}

// log reads which log stands in the file, and how far it is.
func (m *mover) log(ctx context.Context) (audit.Head, postgres.Log, error) {
	head, err := m.from.Head(ctx)
	if err != nil {
		return head, postgres.Log{}, err
	}
	if head.Size == 0 {
		return head, postgres.Log{}, ErrEmptyLog
	}
	first, err := m.from.Hashes(ctx, []int64{0})
	if err != nil {
		return head, postgres.Log{}, err
	}
	return head, postgres.Log{First: first[0][:], Size: head.Size}, nil
}

// verify checks the whole trail in the database, with the code that shares nothing with who wrote it or copied it.
func (m *mover) verify(ctx context.Context, head audit.Head) (trailcheck.Report, error) {
	m.tell(Verifying, 0)
	if err := m.to.Count(ctx); err != nil {
		return trailcheck.Report{}, err
	}
	server, err := m.Database.ForReading()
	if err != nil {
		return trailcheck.Report{}, err
	}
	report, err := trailcheck.Trail{Server: server, Names: m.Names, Held: append(slices.Clone(m.Held), head.Checkpoint)}.Verify(ctx)
	if err != nil {
		return report, fmt.Errorf("verifying the trail in the database: %w", err)
	}
	for _, missing := range report.Missing {
		if !missing.Admitted {
			return report, ErrLost
		}
	}
	return report, nil
}
