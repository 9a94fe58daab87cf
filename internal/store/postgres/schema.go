package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// The version of the schema is the number of its last step. Steps add: a gateway that knows fewer of them goes on working, so that
// gateways are replaced one by one. A step that older gateways cannot live with says so itself, in its own transaction:
//
//	UPDATE sluis.works_with SET oldest = 7; -- gateways that do not know step 7 stop here
const (
	stepTable = "sluis.step" // which steps were taken; goose keeps it

	// The group roles that migrations grant to. Operators make roles that log in and are members.
	gatewayGroup = "sluis_gateway"
	readerGroup  = "sluis_lezer"
)

// Errors of a schema.
var (
	ErrEmpty = errors.New("the database holds no store of Sluis yet")
	ErrOlder = errors.New("the schema of the database is older than this version of Sluis needs")
	ErrNewer = errors.New("the schema of the database is newer, and does not work with this version of Sluis any more")
	// ErrFilling: a move into it goes on, or was broken off; see [Filling].
	ErrFilling = errors.New("the database is being filled with a store that stood in a file")
	// ErrGroups: the owner may not make roles. An administrator makes them once for the whole server.
	ErrGroups = errors.New("the group roles are missing, and the owner may not make roles")
	ErrOwner  = errors.New("the role that migrates does not own the database or what is in it")
	ErrBusy   = errors.New("another connection held a table for too long")
	// ErrRunning: a step is due that the gateways which are connected cannot work with.
	ErrRunning = errors.New("gateways are connected that do not work with the next step")
)

// GroupStatements are what an administrator runs after [ErrGroups].
var GroupStatements = []string{"CREATE ROLE " + gatewayGroup + " NOLOGIN", "CREATE ROLE " + readerGroup + " NOLOGIN"}

// prepareSchema makes what must be there before the first step: the group roles, the schema and what says which gateways it works with; for who
// has the turn to migrate.
func prepareSchema(ctx context.Context, c *pgx.Conn) error {
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) // does nothing after Commit
	for _, statement := range []string{
		"DO $$ BEGIN IF to_regrole('" + gatewayGroup + "') IS NULL THEN CREATE ROLE " + gatewayGroup + " NOLOGIN; END IF; END $$",
		"DO $$ BEGIN IF to_regrole('" + readerGroup + "') IS NULL THEN CREATE ROLE " + readerGroup + " NOLOGIN; END IF; END $$",
		"CREATE SCHEMA IF NOT EXISTS sluis",
		"GRANT USAGE ON SCHEMA sluis TO " + gatewayGroup + ", " + readerGroup,
		"CREATE TABLE IF NOT EXISTS sluis.works_with (id integer PRIMARY KEY CHECK (id = 1), oldest bigint NOT NULL)",
		"INSERT INTO sluis.works_with (id, oldest) VALUES (1, 0) ON CONFLICT DO NOTHING",
		"GRANT SELECT ON sluis.works_with TO " + gatewayGroup + ", " + readerGroup,
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			if strings.Contains(statement, "CREATE ROLE") && codeOf(err) == insufficientPrivilege {
				return ErrGroups
			}
			return fmt.Errorf("preparing the schema: %w", err)
		}
	}
	return tx.Commit(ctx)
}

// endsOlder finds a step that older gateways cannot live with.
var endsOlder = regexp.MustCompile(`(?i)\bUPDATE\s+sluis\.works_with\b`)

// nobodyOutdated gives ErrRunning when a step is due that ends older gateways while some are connected: all that are know less than that.
func nobodyOutdated(ctx context.Context, c *pgx.Conn, all fs.FS, have int64) error {
	due := false
	for _, step := range after(all, have) {
		text, err := fs.ReadFile(all, step.file)
		if err != nil {
			return fmt.Errorf("reading the migrations: %w", err)
		}
		due = due || endsOlder.Match(text)
	}
	var connected int
	err := c.QueryRow(ctx, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND usename <> current_user`,
		applicationName).Scan(&connected)
	switch {
	case err != nil:
		return fmt.Errorf("reading who is connected: %w", err)
	case due && connected > 0:
		return ErrRunning
	}
	return nil
}

// checkSchema gives nil when this version can work with the schema.
func checkSchema(ctx context.Context, c *pgx.Conn) error {
	have, oldest, err := version(ctx, c)
	if codeOf(err) == lockNotAvailable { // only who fills it locks that
		return fmt.Errorf("%w: %w", ErrFilling, inWords(err))
	}
	if err != nil {
		return err
	}
	return judge(have, oldest, lastStep(steps()))
}

// judge compares a schema and the oldest step that its gateways must know with what this one knows.
func judge(have, oldest, known int64) error {
	switch {
	case oldest == fillingStep:
		return ErrFilling
	case have == 0:
		return ErrEmpty
	case have < known:
		return fmt.Errorf("%w: it is at %d, and %d is needed", ErrOlder, have, known)
	case oldest > known:
		return fmt.Errorf("%w: it asks for %d, and this version knows %d", ErrNewer, oldest, known)
	}
	return nil
}

// version reads how far the schema is, 0 when there is none, and which step a gateway must know at least.
func version(ctx context.Context, c *pgx.Conn) (have, oldest int64, err error) {
	err = row(ctx, c, "SELECT coalesce((SELECT max(version_id) FROM "+stepTable+" WHERE is_applied), 0), (SELECT oldest FROM sluis.works_with)", &have, &oldest)
	switch codeOf(err) {
	case "42P01", "3F000": // undefined_table, invalid_schema_name
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("reading the version of the schema: %w", err)
	}
	return have, oldest, nil
}

// lastStep is the highest number of the files.
func lastStep(steps fs.FS) (last int64) {
	names, _ := fs.Glob(steps, "*.sql") // the pattern is right
	for _, name := range names {
		last = max(last, number(name))
	}
	return last
}

// number is that of a file 00007_name.sql; 0 for another name, which goose refuses.
func number(file string) int64 {
	digits, _, _ := strings.Cut(file, "_")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
