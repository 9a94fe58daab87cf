package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// steps are the migrations that this version knows.
func steps() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is in the binary
	}
	return sub
}

const (
	lockTimeout = "3s"
	tries       = 20 // a minute and a half
	pause       = time.Second
	turnPause   = 100 * time.Millisecond
)

// patiently tries again what another transaction was in the way of. While a change of a table waits for whoever reads it, everybody else waits
// for the change: so it waits briefly, lets messages pass, and tries again.
func patiently(ctx context.Context, take func() error) (err error) {
	for range tries {
		if err = take(); codeOf(err) != lockNotAvailable {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return err
}

// waitForTurn is how long a migration waits for another one: longer than that one tries.
const waitForTurn = 5 * time.Minute

// takeTurn lets one process at a time migrate a database: two that grant rights on the same thing at once end with an error of the server.
// The turn ends with the connection. It asks again and again instead of waiting in the server, where lockTimeout would end the wait, and a
// statement that waits would itself be in the way of a step.
func takeTurn(ctx context.Context, c *pgx.Conn) error {
	for began := time.Now(); ; {
		var mine bool
		if err := c.QueryRow(ctx, "SELECT pg_try_advisory_lock(hashtext('sluis.migrate'))").Scan(&mine); err != nil {
			return fmt.Errorf("taking the turn to migrate: %w", err)
		}
		if mine {
			return nil
		}
		if time.Since(began) > waitForTurn {
			return fmt.Errorf("another one migrates all the while: %w", ErrBusy)
		}
		select {
		case <-time.After(turnPause):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Migrate brings a database to the form that this version knows, as its owner: each step in a transaction, so that a crash leaves it done or
// not done. Gateways may go on meanwhile, older ones too: see [ErrNewer]. Who migrates at the same time waits. Errors: those of [Open]
// but for the schema, and [ErrGroups], [ErrOwner], [ErrBusy] and [ErrRunning].
func Migrate(ctx context.Context, o Options) error {
	err := migrate(ctx, o, steps())
	switch codeOf(err) {
	case insufficientPrivilege:
		err = fmt.Errorf("%w: %w", ErrOwner, err)
	case lockNotAvailable:
		err = fmt.Errorf("%w: %w", ErrBusy, err)
	}
	if err != nil {
		return fmt.Errorf("migrating the database: %w", err)
	}
	return nil
}

const insufficientPrivilege = "42501"

func migrate(ctx context.Context, o Options, steps fs.FS) error {
	config, err := o.connection()
	if err != nil {
		return err
	}
	config.RuntimeParams["lock_timeout"] = lockTimeout
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return Connecting(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := makeDurable(ctx, conn); err != nil {
		return err
	}
	if err := takeTurn(ctx, conn); err != nil {
		return err
	}
	if have, oldest, err := version(ctx, conn); err != nil {
		return err
	} else if known := lastStep(steps); oldest > known {
		return judge(have, oldest, known) // what this version would do to it is not known
	}
	if err := prepareSchema(ctx, conn); err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(makeDurable))
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, steps, goose.WithDisableGlobalRegistry(true),
		goose.WithTableName(stepTable), goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	if have, _, err := version(ctx, conn); err != nil {
		return err
	} else if err := nobodyOutdated(ctx, conn, steps, have); err != nil {
		return err
	}
	err = patiently(ctx, func() error {
		_, err := provider.Up(ctx) // from the step on that is not taken yet
		return err
	})
	// Also after a step that failed: gateways go on with the steps before it, and must be able to see that.
	_, granted := conn.Exec(ctx, "GRANT SELECT ON "+stepTable+" TO "+gatewayGroup+", "+readerGroup)
	return errors.Join(err, granted)
}
