package trailcheck

import (
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// openServer opens a PostgreSQL database. A session of it cannot write, whatever its role may.
//
// It joins whole tables, and never one row after another: a server that does not know yet how large they are, because a dump was restored a moment
// ago, would compare each with each.
func openServer(connection *pgx.ConnConfig) *sql.DB {
	c := connection.Copy()
	for name, value := range map[string]string{
		"default_transaction_read_only": "on", "search_path": "sluis, doorvoer, pg_catalog", "timezone": "UTC", "application_name": "sluis db verify",
		"enable_nestloop": "off", "jit": "off", "work_mem": "64MB",
	} {
		c.RuntimeParams[name] = value
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(connections)
	return db
}
