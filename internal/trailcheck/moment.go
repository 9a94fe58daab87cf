package trailcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// moment is one transaction: what is read in it is all as of the same moment, though a gateway goes on meanwhile.
type moment struct {
	tx   *sql.Tx
	from engine
}

// at reads something as of one moment.
func (c *check) at(ctx context.Context, read func(moment) error) error {
	tx, err := c.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("reading the trail: %w", err)
	}
	defer tx.Rollback() // it wrote nothing
	return read(moment{tx, c.from})
}

// each reads the rows that a question gives, one after another, into the places given, and calls do for each.
func (m moment) each(ctx context.Context, do func() error, into []any, query string, args ...any) error {
	rows, err := m.tx.QueryContext(ctx, m.from.say(query), args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		err := rows.Scan(into...)
		if err == nil {
			err = do()
		}
		if err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
