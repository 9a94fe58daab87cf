package postgres

import (
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// noteWarnings makes connections remember that the server did not wait for its standby. A commit that waits for one can be broken off by an
// administrator: then it succeeds, and only a warning says that the standby may not have it ("canceling wait for synchronous
// replication due to user request", PostgreSQL, src/backend/replication/syncrep.c). What nobody else has yet is not answered with 201.
// The warning is known by its place in the server's source, which is told with it: its words are in the language of the server.
func noteWarnings(config *pgx.ConnConfig) {
	config.OnNotice = func(conn *pgconn.PgConn, notice *pgconn.Notice) {
		if notice.SeverityUnlocalized == "WARNING" && notice.File == "syncrep.c" {
			conn.CustomData()[warning] = true
		}
	}
}

const warning = "sluis: warned"

// warned reports whether there was a warning since it was asked last.
func warned(conn *pgx.Conn) bool {
	data := conn.PgConn().CustomData()
	was := data[warning] != nil
	delete(data, warning)
	return was
}
