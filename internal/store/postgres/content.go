package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
)

const selectChunk = `
	SELECT k.data, k.content IS NOT NULL FROM sluis.message m JOIN doorvoer.content c ON c.message = m.nr AND c.part = $2
		LEFT JOIN doorvoer.chunk k ON k.content = c.id AND k.nr = $3
	WHERE m.id = $1`

// Chunk gives the nr-th chunk of what is kept of a message; io.EOF after the last, [relay.ErrNotFound] when there is nothing (any
// more).
func (s *Store) Chunk(ctx context.Context, id string, part relay.Part, nr int) ([]byte, error) {
	var data []byte
	var here bool
	if err := s.pool.QueryRow(ctx, selectChunk, id, string(part), nr).Scan(&data, &here); err != nil {
		return nil, fmt.Errorf("reading chunk %d: %w", nr, absent(err, relay.ErrNotFound))
	}
	if !here {
		return nil, io.EOF
	}
	return data, nil
}

// errSwept says that what was staged before is gone: the sweep took an upload for one that was given up.
var errSwept = errors.New("what was staged before this is gone")

// Ages are counted by the clock of the database, which all processes share.
const nowMS = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

const (
	stageFirst = `
		WITH c AS (
			INSERT INTO doorvoer.content (staging, part, staged_ms) VALUES ($1, $2, ` + nowMS + `) ON CONFLICT (staging, part) DO NOTHING RETURNING id)
		INSERT INTO doorvoer.chunk (content, nr, data) SELECT id, $3, $4 FROM c`
	stageNext = `
		INSERT INTO doorvoer.chunk (content, nr, data) SELECT id, $3, $4 FROM doorvoer.content WHERE staging = $1 AND part = $2`
)

// Stage keeps a chunk that no message owns yet. It goes beside the log: a crash leaves it for the sweep. A chunk that is there
// already is audit.ErrConflict.
func (s *Store) Stage(ctx context.Context, staging string, part relay.Part, nr int, chunk []byte) error {
	statement, nothing := stageFirst, audit.ErrConflict
	if nr > 0 {
		statement, nothing = stageNext, errSwept // beginning again in the middle would make a whole of a part
	}
	done, err := s.pool.Exec(ctx, statement, staging, string(part), nr, chunk)
	switch {
	case codeOf(err) == foreignKeyViolation:
		err = errSwept // between looking and keeping
	case err != nil:
		err = inWords(err)
	case done.RowsAffected() == 0:
		err = nothing
	default:
		return nil
	}
	return fmt.Errorf("staging chunk %d: %w", nr, err)
}

// DropStaged removes what was staged under an id; nothing is no error.
func (s *Store) DropStaged(ctx context.Context, staging string) error {
	if _, err := s.pool.Exec(ctx, `DELETE FROM doorvoer.content WHERE staging = $1`, staging); err != nil {
		return fmt.Errorf("dropping what was staged: %w", inWords(err))
	}
	return nil
}

const (
	sweepStaged = `
		DELETE FROM doorvoer.content WHERE id IN (
			SELECT id FROM doorvoer.content WHERE staged_ms < ` + nowMS + ` - $1::bigint LIMIT $2 FOR UPDATE SKIP LOCKED) AND staged_ms IS NOT NULL`
	sweepAtOnce = 20
)

// SweepStaged removes what was first staged before a moment, a few at a time, and passes by what is just becoming a message's. It goes by
// age alone: what is staged may be another process's, so nothing is dropped when a store is opened.
func (s *Store) SweepStaged(ctx context.Context, before time.Time) error {
	age := time.Since(before).Milliseconds()
	for {
		done, err := s.pool.Exec(ctx, sweepStaged, age, sweepAtOnce)
		if err != nil {
			return fmt.Errorf("dropping what was staged: %w", inWords(err))
		}
		if done.RowsAffected() < sweepAtOnce {
			return nil
		}
	}
}

// stagingSpan is how long after its key was taken a chunk may be staged at most: staging is swept after an hour.
const stagingSpan = time.Hour

const selectDaysInUse = `
	SELECT day FROM doorvoer.content WHERE day IS NOT NULL
	UNION SELECT to_char(to_timestamp(staged_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM doorvoer.content WHERE staged_ms IS NOT NULL
	UNION SELECT to_char(to_timestamp(staged_ms / 1000 - $1) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM doorvoer.content WHERE staged_ms IS NOT NULL
	ORDER BY 1`

// DaysInUse gives the days (YYYY-MM-DD, UTC) whose key still protects something. What is staged has no day yet: the day on which
// it was staged counts, and the day before where the key may have been taken before midnight.
func (s *Store) DaysInUse(ctx context.Context) ([]string, error) {
	return list(ctx, s, "days in use", scanText, selectDaysInUse, int64(stagingSpan/time.Second))
}
