package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as a store of Sluis (PRAGMA application_id): "SLUS".
const applicationID = 0x534C5553

// migrate brings the file to the form that this version knows, each step in a transaction: a crash in between leaves a step done
// or not done, and the next start goes on.
func migrate(ctx context.Context, db *sql.DB) error {
	if err := recognise(ctx, db); err != nil {
		return err
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(fillTerms))
	if err != nil {
		return fmt.Errorf("reading migrations: %w", err)
	}
	// Not provider.Close: it would close db as well.
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("reading the version of the store: %w", err)
	}
	if sources := provider.ListSources(); have > sources[len(sources)-1].Version {
		return ErrNewer
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrating the store: %w", err)
	}
	return nil
}

// recognise refuses a file that holds something else, and marks a new one.
func recognise(ctx context.Context, db *sql.DB) error {
	var id, tables int64
	err := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), count(*) FROM sqlite_schema").Scan(&id, &tables)
	if err != nil {
		return errors.Join(ErrForeign, err)
	}
	if id == applicationID {
		return nil
	}
	if id != 0 || tables != 0 {
		return ErrForeign
	}
	_, err = db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return err
}
