package postgres

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Copy keeps rows of a table, "schema.name", and gives how many. What refers to another row is checked at its end: that is kept in memory
// until then, so a long table takes more than one.
func (f *Filling) Copy(ctx context.Context, table string, columns []string, rows pgx.CopyFromSource) (int64, error) {
	n, err := f.tx.CopyFrom(ctx, strings.Split(table, "."), columns, rows)
	return n, f.fault("filling "+table, err)
}

// SetHead sets where the log stands.
func (f *Filling) SetHead(ctx context.Context, h audit.Head) error {
	_, err := f.tx.Exec(ctx, `UPDATE sluis.head SET size = $1, note = $2, time_ms = $3, registry = $4 WHERE id = 1`,
		h.Size, h.Checkpoint, h.LastTime.UnixMilli(), h.Registry)
	return f.fault("setting the head of the log", err)
}

// numbered are the columns that the database numbers by itself.
var numbered = map[string]string{"sluis.card": "seq", "sluis.signature": "seq", "sluis.wpg_decision": "seq", "sluis.confirmation": "seq", "doorvoer.content": "id"}

// Keep commits what was copied: everything or, when it fails, nothing. Gateways are kept out until [Filling.Finish].
func (f *Filling) Keep(ctx context.Context) error {
	for table, column := range numbered {
		// Not undone when the commit fails, and no harm then: numbers may be passed over.
		if _, err := f.tx.Exec(ctx, fmt.Sprintf(`SELECT setval(pg_get_serial_sequence('%[1]s', '%[2]s'), (SELECT coalesce(max(%[2]s), 0) + 1 FROM %[1]s), false)`, table, column)); err != nil {
			return f.fault("going on with the numbers of "+table, err)
		}
	}
	if err := f.tx.Commit(ctx); err != nil {
		return f.fault("keeping what was copied", err)
	}
	f.tx = nil
	return nil
}

// Count has the server count what it holds, so that it answers questions about it sensibly.
func (f *Filling) Count(ctx context.Context) error {
	tables, err := f.tables(ctx)
	if err != nil {
		return err
	}
	_, err = f.conn.Exec(ctx, "ANALYZE "+strings.Join(tables, ", "))
	return f.fault("counting what the database holds", err)
}

// Rows reads a table back, in no order. A row is good until the next one.
func (f *Filling) Rows(ctx context.Context, table string, columns []string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		rows, err := f.conn.Query(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+table)
		if err != nil {
			yield(nil, f.fault("reading back "+table, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			values, err := rows.Values()
			if !yield(values, f.fault("reading back "+table, err)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, f.fault("reading back "+table, err))
		}
	}
}

// Abandon leaves the database as empty as it was. It gives back what was begun or kept under the ticket of this Begin, and nothing else.
func (f *Filling) Abandon(ctx context.Context) error {
	if f.tx != nil {
		_ = f.tx.Rollback(ctx) // when it cannot, the connection is closed and the server does
		f.tx = nil
	}
	if f.ticket == "" {
		return nil // nothing was begun
	}
	if f.conn.IsClosed() { // by who broke off what was under way
		if err := f.connect(ctx); err != nil {
			return err
		}
	}
	err := pgx.BeginFunc(ctx, f.conn, func(tx pgx.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM sluis.arrival WHERE ticket = $1 AND oldest IS NOT NULL)`, f.ticket).Scan(&mine); err != nil || !mine {
			return err
		}
		f.tx = tx
		defer func() { f.tx = nil }()
		return f.clear(ctx)
	})
	return f.fault("taking back what was copied", err)
}

// clear takes out what a move left that was not finished. Triggers keep a trail from that, also from the owner: they are off for as long as
// this transaction holds the tables for itself.
func (f *Filling) clear(ctx context.Context) error {
	tables, err := f.tables(ctx)
	if err != nil {
		return err
	}
	toggle := func(how string) string {
		var b strings.Builder
		for _, t := range tables {
			fmt.Fprintf(&b, "ALTER TABLE %s %s TRIGGER USER; ", t, how)
		}
		return b.String()
	}
	var emptied []string
	for _, t := range tables {
		if t != "sluis.head" && t != "sluis.arrival" {
			emptied = append(emptied, t)
		}
	}
	_, err = f.tx.Exec(ctx, toggle("DISABLE")+"TRUNCATE "+strings.Join(emptied, ", ")+`;
		UPDATE sluis.head SET size = 0, note = NULL, time_ms = NULL, registry = 0;
		UPDATE sluis.works_with SET oldest = (SELECT oldest FROM sluis.arrival);
		DELETE FROM sluis.arrival; `+toggle("ENABLE"), pgx.QueryExecModeSimpleProtocol)
	return f.fault("taking out what a move left", err)
}

// TicketOf gives the move that a database was filled by, as the gateway's role reads it; "" for none.
func (s *Store) TicketOf(ctx context.Context) (ticket string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT coalesce((SELECT ticket FROM sluis.arrival), '')`).Scan(&ticket)
	if err != nil {
		return "", fmt.Errorf("reading by which move the database was filled: %w", inWords(err))
	}
	return ticket, nil
}

// TokenKey is how a used token is known in seen_token.
func TokenKey(issuer, jti string) []byte { return tokenKey(issuer, jti) }

// Digest is how a compact JWS is known in an index.
func Digest(compact string) []byte {
	sum := sha256.Sum256([]byte(compact))
	return sum[:]
}
