package move

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// batch is how many rows are sent in one COPY at most: what they refer to is kept in the server's memory until its end.
const batch = 50_000

// sum is what was seen of a table.
type sum struct {
	rows int64
	of   fingerprint
}

// copy sends every table, and gives what was sent of each.
func (m *mover) copy(ctx context.Context, records int64) ([]sum, error) {
	sums := make([]sum, len(tables))
	for i, t := range tables {
		m.told(Progress{Copying, t.name, 0})
		if err := m.copyTable(ctx, t, &sums[i]); err != nil {
			return nil, fmt.Errorf("moving %s: %w", t.name, err)
		}
	}
	if sums[0].rows != records {
		return nil, fmt.Errorf("the file holds %d records and its log says %d", sums[0].rows, records)
	}
	return sums, nil
}

func (m *mover) copyTable(ctx context.Context, t table, s *sum) error {
	from, err := read(ctx, m.from, t)
	if err != nil {
		return err
	}
	defer from.rows.Close()
	from.each = func(row []any) error {
		s.rows++
		if time.Since(from.told) > time.Second {
			from.told = time.Now()
			m.told(Progress{Copying, t.name, s.rows})
		}
		return s.of.add(row)
	}
	for from.more() {
		if _, err := m.to.Copy(ctx, t.name, t.columns, from); err != nil {
			return err
		}
	}
	return from.err
}

// source gives the rows of a table in the file, some at a time: it is a pgx.CopyFromSource that ends after a batch.
type source struct {
	rows *sql.Rows
	turn func([]any) ([]any, error)
	each func(row []any) error
	told time.Time

	width int
	left  int  // of this batch
	ahead bool // a row was reached and not given yet
	err   error
}

func read(ctx context.Context, from *sqlite.Store, t table) (*source, error) {
	rows, err := from.Rows(ctx, t.rows)
	if err != nil {
		return nil, err
	}
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	return &source{rows: rows, turn: t.turn, width: len(columns), told: time.Now()}, nil
}

// more reports whether there is another batch, and begins it.
func (s *source) more() bool {
	s.left = batch
	if !s.ahead {
		s.ahead = s.next()
	}
	return s.ahead
}

func (s *source) next() bool {
	if s.err != nil || !s.rows.Next() {
		if s.err == nil {
			s.err = s.rows.Err()
		}
		return false
	}
	return true
}

// Next goes to the next row of this batch.
func (s *source) Next() bool {
	if s.left == 0 {
		return false
	}
	s.left--
	if s.ahead {
		s.ahead = false
		return true
	}
	return s.next()
}

// Values gives the row as the database says it.
func (s *source) Values() ([]any, error) {
	row := make([]any, s.width, s.width+4)
	into := make([]any, s.width)
	for i := range row {
		into[i] = &row[i]
	}
	err := s.rows.Scan(into...)
	for i, v := range row {
		if b, is := v.([]byte); is && b == nil {
			row[i] = []byte{} // not NULL
		}
	}
	if err == nil && s.turn != nil {
		row, err = s.turn(row)
	}
	if err == nil {
		err = s.each(row)
	}
	if err != nil {
		s.err = err
		return nil, err
	}
	return row, nil
}

// Err tells what went wrong.
func (s *source) Err() error { return s.err }
