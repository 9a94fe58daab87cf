package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Filling is how a store that stood in a file comes into a database, as the owner of that (docs/decisions/0031): [Filling.Begin], a
// [Filling.Copy] for each table, [Filling.SetHead] and [Filling.Keep], which is one transaction; then whoever moves it looks whether all is
// there, leaves the file, and ends with [Filling.Finish]. Between Keep and Finish no gateway, of whatever version, works with the database:
// sluis.works_with asks for a step that none knows. It is for one goroutine.
type Filling struct {
	config *pgx.ConnConfig
	conn   *pgx.Conn
	tx     pgx.Tx // between Begin and Keep
	ticket string // from Begin on
}

// fillingStep is the step that sluis.works_with asks for meanwhile.
const fillingStep = 1 << 62

// arrivalStep is the step from which on a gateway reads signatures that came in before there were records of them.
const arrivalStep = 5

// Errors of filling, besides those of [Open] and ErrOwner.
var (
	ErrNotEmpty  = errors.New("the database holds something already")
	ErrConnected = errors.New("gateways are connected to the database that is to be filled")
	ErrOther     = errors.New("the database was being filled with another store, or with a newer copy of this one")
)

// Arrival tells which move filled a database; Filling says that it is not done.
type Arrival struct {
	Ticket  string
	Filling bool
}

// Log is which log a store holds, and how much of it: the hash of its first record, which is no other's, and the number of its records.
type Log struct {
	First []byte
	Size  int64
}

// OpenFilling connects as the owner, and waits while somebody else migrates or fills the database.
func OpenFilling(ctx context.Context, o Options) (_ *Filling, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("opening the database to fill it: %w", err)
		}
	}()
	config, err := o.connection()
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["lock_timeout"] = sessionBounds["lock_timeout"]
	f := &Filling{config: config}
	return f, f.connect(ctx)
}

func (f *Filling) connect(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, f.config)
	if err != nil {
		return Connecting(err)
	}
	f.conn = conn
	if err := errors.Join(makeDurable(ctx, conn), takeTurn(ctx, conn)); err != nil {
		return errors.Join(err, f.Close())
	}
	return nil
}

// Close ends the connection, and with it what was begun and not kept.
func (f *Filling) Close() error { return f.conn.Close(context.Background()) }

// Arrival gives the move that filled the database, or was doing so; nil when there is none. Errors: [ErrEmpty], [ErrOlder].
func (f *Filling) Arrival(ctx context.Context) (*Arrival, error) {
	have, oldest, err := version(ctx, f.conn)
	switch {
	case err != nil:
		return nil, err
	case have == 0:
		return nil, ErrEmpty
	case have < arrivalStep:
		return nil, judge(have, oldest, lastStep(steps()))
	}
	a := &Arrival{Filling: oldest == fillingStep}
	err = row(ctx, f.conn, `SELECT ticket FROM sluis.arrival`, &a.Ticket)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, f.fault("reading what came into the database", err)
	}
	return a, nil
}

// Begin begins to fill an empty database. What an earlier move of the same log left there when it was broken off is taken away first.
// Everybody who connects meanwhile waits, and is then refused.
func (f *Filling) Begin(ctx context.Context, ticket string, of Log) (err error) {
	have, oldest, err := version(ctx, f.conn)
	if err != nil {
		return err
	}
	if known := lastStep(steps()); have != known {
		if err := judge(have, min(oldest, known), known); err != nil {
			return err
		}
		return ErrNewer // whether a store of this version is whole in that form is not known
	}
	if f.tx, err = f.conn.Begin(ctx); err != nil {
		return f.fault("beginning to fill the database", err)
	}
	// Before anything else, so that nobody comes in between: each new connection of a gateway reads the first, and its start the second.
	if _, err := f.tx.Exec(ctx, "LOCK TABLE sluis.works_with, sluis.head IN ACCESS EXCLUSIVE MODE"); err != nil {
		return f.fault("locking the database", err)
	}
	if err := f.nobodyElse(ctx); err != nil {
		return err
	}
	if err := f.makeEmpty(ctx, of); err != nil {
		return err
	}
	_, err = f.tx.Exec(ctx, `INSERT INTO sluis.arrival (id, ticket, oldest) SELECT 1, $1, oldest FROM sluis.works_with`, ticket)
	if err == nil {
		_, err = f.tx.Exec(ctx, `UPDATE sluis.works_with SET oldest = $1`, int64(fillingStep))
	}
	f.ticket = ticket
	return f.fault("noting that the database is being filled", err)
}

// leaving is how long a gateway that was just stopped may still be seen.
const leaving = 5 * time.Second

// nobodyElse gives ErrConnected when a gateway is connected.
func (f *Filling) nobodyElse(ctx context.Context) error {
	for began := time.Now(); ; {
		var connected int
		_, err := f.tx.Exec(ctx, "SELECT pg_stat_clear_snapshot()") // in a transaction it would stay what it was
		if err != nil {
			return f.fault("reading who is connected", err)
		}
		err = f.tx.QueryRow(ctx, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND usename <> current_user`,
			applicationName).Scan(&connected)
		switch {
		case err != nil:
			return f.fault("reading who is connected", err)
		case connected == 0:
			return nil
		case time.Since(began) > leaving:
			return ErrConnected
		}
		select {
		case <-time.After(turnPause):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// makeEmpty refuses a database that holds something, unless that is what an earlier move of this log left.
func (f *Filling) makeEmpty(ctx context.Context, of Log) error {
	var left bool
	var head audit.Head
	var first []byte
	err := f.tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM sluis.arrival WHERE oldest IS NOT NULL), (SELECT size FROM sluis.head),
		(SELECT hash FROM sluis.hash WHERE ix = 0)`).Scan(&left, &head.Size, &first)
	switch {
	case err != nil:
		return f.fault("reading what the database holds", err)
	case left && (!slices.Equal(first, of.First) || head.Size > of.Size):
		return ErrOther
	case left:
		return f.clear(ctx)
	}
	tables, err := f.tables(ctx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		var some bool
		if err := f.tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+" LIMIT 1)").Scan(&some); err != nil {
			return f.fault("looking whether the database is empty", err)
		}
		if some && table != "sluis.head" || head.Size > 0 {
			return ErrNotEmpty
		}
	}
	return nil
}

// tables gives everything that holds what a store keeps.
func (f *Filling) tables(ctx context.Context) ([]string, error) {
	rows, _ := f.conn.Query(ctx, `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
		WHERE schemaname IN ('sluis', 'doorvoer') AND tablename NOT IN ('step', 'works_with') ORDER BY 1`)
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return list, f.fault("reading which tables there are", err)
}

// Finish opens the database to gateways, which need a step that is later than usual when a signature has no record.
func (f *Filling) Finish(ctx context.Context) error {
	err := pgx.BeginFunc(ctx, f.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE sluis.works_with w SET oldest = greatest(a.oldest,
			CASE WHEN EXISTS (SELECT 1 FROM sluis.signature WHERE record IS NULL) THEN $1 ELSE 0 END)
			FROM sluis.arrival a WHERE a.oldest IS NOT NULL`, int64(arrivalStep)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE sluis.arrival SET oldest = NULL`)
		return err
	})
	return f.fault("opening the database to gateways", err)
}

// fault says what failed. Who is not the owner is told so.
func (f *Filling) fault(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case codeOf(err) == insufficientPrivilege:
		return fmt.Errorf("%s: %w: %w", doing, ErrOwner, inWords(err))
	case codeOf(err) == lockNotAvailable:
		return fmt.Errorf("%s: %w: %w", doing, ErrBusy, inWords(err))
	}
	return fmt.Errorf("%s: %w", doing, inWords(err))
}
