package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// Chunk gives the nr-th chunk of what is kept of a message; io.EOF after the last, [relay.ErrNotFound] when there is nothing (any
// more).
func (s *Store) Chunk(ctx context.Context, id string, part relay.Part, nr int) ([]byte, error) {
	var data []byte
	var here bool
	err := s.readers.QueryRowContext(ctx, `
		SELECT k.data, k.content IS NOT NULL FROM message m JOIN content c ON c.message = m.nr AND c.part = ?2
			LEFT JOIN chunk k ON k.content = c.id AND k.nr = ?3
		WHERE m.id = ?1`, id, string(part), nr).Scan(&data, &here)
	if err != nil {
		return nil, fmt.Errorf("reading chunk %d: %w", nr, absent(err, relay.ErrNotFound))
	}
	if !here {
		return nil, io.EOF
	}
	return data, nil
}

// errSwept says that what was staged before is gone: the sweep took an upload for one that was given up, as when the clock jumped.
var errSwept = errors.New("what was staged before this is gone")

// Stage keeps a chunk that no message owns yet. It goes beside the log: a crash leaves it for the sweep. A chunk that is there
// already is audit.ErrConflict.
func (s *Store) Stage(ctx context.Context, staging string, part relay.Part, nr int, chunk []byte) error {
	err := s.write.transact(ctx, func() error {
		var content int64
		err := s.write.row(`SELECT id FROM content WHERE staging = ? AND part = ?`, staging, string(part)).Scan(&content)
		if errors.Is(err, sql.ErrNoRows) && nr > 0 {
			return errSwept // beginning again in the middle would make a whole of a part
		}
		if errors.Is(err, sql.ErrNoRows) {
			var done sql.Result
			done, err = s.write.exec(`INSERT INTO content (staging, part, staged_ms) VALUES (?, ?, ?)`,
				staging, string(part), time.Now().UnixMilli())
			if err == nil {
				content, err = done.LastInsertId()
			}
		}
		if err != nil {
			return err
		}
		_, err = s.write.exec(`INSERT INTO chunk (content, nr, data) VALUES (?, ?, ?)`, content, nr, chunk)
		return conflict(err)
	})
	if err != nil {
		return fmt.Errorf("staging chunk %d: %w", nr, err)
	}
	return nil
}

// DropStaged removes what was staged under an id; nothing is no error.
func (s *Store) DropStaged(ctx context.Context, staging string) error {
	return s.dropStaged(ctx, `SELECT id FROM content WHERE staging = ?`, staging)
}

const selectStagedBefore = `SELECT id FROM content WHERE staged_ms < ?`

// SweepStaged removes what was first staged before a moment.
func (s *Store) SweepStaged(ctx context.Context, before time.Time) error {
	return s.dropStaged(ctx, selectStagedBefore, before.UnixMilli())
}

func (s *Store) dropStaged(ctx context.Context, which string, arg any) error {
	var dropped bool
	err := s.write.transact(ctx, func() error {
		rows, err := s.write.query(which, arg)
		if err != nil {
			return err
		}
		ids, err := collect(rows, func(row scanner) (id int64, err error) { return id, row.Scan(&id) })
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := s.write.dropContent(id); err != nil {
				return err
			}
		}
		dropped = len(ids) > 0
		return nil
	})
	if err != nil {
		return fmt.Errorf("dropping what was staged: %w", err)
	}
	if dropped {
		s.wiper.wake()
	}
	return nil
}

// stagingSpan is how long after its key was taken a chunk may be staged at most: staging is swept after an hour.
const stagingSpan = time.Hour

const selectDaysInUse = `
		SELECT day FROM content WHERE day IS NOT NULL
		UNION SELECT date(staged_ms / 1000, 'unixepoch') FROM content WHERE staged_ms IS NOT NULL
		UNION SELECT date(staged_ms / 1000 - ?, 'unixepoch') FROM content WHERE staged_ms IS NOT NULL
		ORDER BY 1`

// DaysInUse gives the days (YYYY-MM-DD, UTC) whose key still protects something. What is staged has no day yet: the day on which
// it was staged counts, and the day before where the key may have been taken before midnight.
func (s *Store) DaysInUse(ctx context.Context) ([]string, error) {
	rows, err := s.readers.QueryContext(ctx, selectDaysInUse, int64(stagingSpan/time.Second))
	if err != nil {
		return nil, fmt.Errorf("reading days in use: %w", err)
	}
	return collect(rows, func(row scanner) (day string, err error) { return day, row.Scan(&day) })
}
