package trailcheck

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/mod/sumdb/note"
)

// VerifyServer checks the trail in a PostgreSQL database, as [Verify] does in a file. The session cannot write, whatever its role may. The
// role must be able to read what the gateway's role reads.
func VerifyServer(ctx context.Context, connection *pgx.ConnConfig, verifier note.Verifier, next ...note.Verifier) (Report, error) {
	db := openServer(connection)
	defer db.Close()
	if err := db.PingContext(ctx); err != nil {
		return Report{}, fmt.Errorf("opening the trail: %w", err)
	}
	return run(ctx, &check{db: db, from: server{}, name: verifier, next: next})
}

func openServer(connection *pgx.ConnConfig) *sql.DB {
	c := connection.Copy()
	for name, value := range map[string]string{
		"default_transaction_read_only": "on", "search_path": "sluis, doorvoer, pg_catalog", "timezone": "UTC", "application_name": "sluis db verify",
	} {
		c.RuntimeParams[name] = value
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(2)
	return db
}
