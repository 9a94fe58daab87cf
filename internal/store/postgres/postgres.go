// Package postgres keeps everything that gateways keep in one PostgreSQL database, which several gateway processes share.
//
// It promises: what Store.Update committed is on disk when it returns, whole or not at all; the head row of the log is the lock between
// processes, so two of them never write one place in the log; and the gateway's role cannot change or remove what the trail holds. It
// must not decide anything: what is refused here is what contradicts what is kept already.
//
// A batch of changes costs about a dozen statements, however many changes it holds, in one round trip where a process has had the log to itself, and in two
// where it has not: one for the head and one for everything else with COMMIT behind it (docs/decisions/0022, 0028).
package postgres

import _ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx", for migrations
