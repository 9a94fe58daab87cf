package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// readers are the connections that only read. What every message asks (row, rows) is prepared once: SQLite takes longer to read such a
// question than to answer it.
type readers struct {
	*sql.DB
	statements sync.Map // query → *sql.Stmt, closed with the connections
}

// prepared gives the statement of a query, which must be one of a few fixed texts.
func (r *readers) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := r.statements.Load(query); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := r.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, raced := r.statements.LoadOrStore(query, s); raced {
		s.Close()
		return first.(*sql.Stmt), nil
	}
	return s, nil
}

// row asks for one row.
func (r *readers) row(ctx context.Context, query string, args ...any) scanner {
	s, err := r.prepared(ctx, query)
	if err != nil {
		return failed{err}
	}
	return s.QueryRowContext(ctx, args...)
}

// rows asks for any number.
func (r *readers) rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := r.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}
