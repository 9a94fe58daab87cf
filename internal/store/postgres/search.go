package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
)

const selectNrFrom = `SELECT nr FROM sluis.record WHERE time_ms >= $1 ORDER BY time_ms, nr LIMIT 1`

// Parameters of every search: $1 who asks, $2 everyone, $3 and $4 the nrs between, $5 the limit.
const (
	// selectRecords takes the newest of a party's own and the newest of everybody's, each along its index.
	selectRecords = `
		SELECT r.canonical FROM (
			SELECT DISTINCT f.nr FROM unnest(ARRAY[$1, $2]) AS l (party) CROSS JOIN LATERAL (
				SELECT p.nr FROM sluis.record_party p WHERE p.party = l.party AND p.nr > $3 AND p.nr < $4 ORDER BY p.nr DESC LIMIT $5
			) AS f ORDER BY f.nr DESC LIMIT $5
		) AS found JOIN sluis.record r ON r.nr = found.nr ORDER BY r.nr DESC`
	// selectFound takes the newest of many lists ($6). Who may read is looked up once more, where it is told.
	selectFound = `
		SELECT r.canonical FROM (
			SELECT DISTINCT f.nr FROM unnest($6::bigint[]) AS l (term) CROSS JOIN LATERAL (
				SELECT t.nr FROM sluis.record_term t WHERE t.term = l.term AND t.nr > $3 AND t.nr < $4 ORDER BY t.nr DESC LIMIT $5
			) AS f ORDER BY f.nr DESC LIMIT $5
		) AS found JOIN sluis.record r ON r.nr = found.nr
		WHERE EXISTS (SELECT 1 FROM sluis.record_party p WHERE p.party = ANY (ARRAY[$1, $2]) AND p.nr = r.nr) ORDER BY r.nr DESC`
	// selectOfCase walks along the records of a case ($6), and looks the term of what else was asked for up for each: $7 gives it by kind.
	selectOfCase = `
		SELECT r.canonical FROM sluis.record_term c JOIN sluis.record r ON r.nr = c.nr WHERE c.term = $6 AND c.nr > $3 AND c.nr < $4
			AND ($7::jsonb IS NULL OR EXISTS (SELECT 1 FROM sluis.record_term t WHERE t.term = ($7::jsonb ->> r.kind)::bigint AND t.nr = c.nr))
			AND EXISTS (SELECT 1 FROM sluis.record_party p WHERE p.party = ANY (ARRAY[$1, $2]) AND p.nr = c.nr)
		ORDER BY c.nr DESC LIMIT $5`
)

// Search gives records that a party may read, newest first; see [audit.Query].
func (s *Store) Search(ctx context.Context, q audit.Query) ([][]byte, error) {
	q = q.Bounded()
	after, before, err := s.span(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("finding a period in the trail: %w", err)
	}
	text, args := search(q)
	return list(ctx, s, "what was searched for", scanBytes, text, append([]any{q.Party, audit.Everyone, after, before, q.Limit}, args...)...)
}

// search gives the statement for a query, and its parameters from the sixth on.
func search(q audit.Query) (text string, args []any) {
	own := q.Terms(q.Party)
	switch {
	case q.Case != "" && own == nil:
		return selectOfCase, []any{q.CaseTerm(), nil}
	case q.Case != "":
		byKind, err := json.Marshal(own)
		if err != nil {
			panic(err) // texts and numbers can always be written
		}
		return selectOfCase, []any{q.CaseTerm(), string(byKind)}
	case own == nil:
		return selectRecords, nil
	}
	return selectFound, []any{slices.AppendSeq(slices.Collect(maps.Values(own)), maps.Values(q.Terms(audit.Everyone)))}
}

// span gives the nrs between which the records of a period stand, both ends exclusive: time never goes back in the log.
func (s *Store) span(ctx context.Context, q audit.Query) (after, before int64, err error) {
	after, before = -1, q.Before
	if !q.From.IsZero() {
		first, err := s.firstSince(ctx, q.From)
		if err != nil {
			return 0, 0, err
		}
		after = first - 1
	}
	if !q.To.IsZero() {
		first, err := s.firstSince(ctx, q.To)
		if err != nil {
			return 0, 0, err
		}
		before = min(before, first)
	}
	return after, before, nil
}

// firstSince gives the nr of the first record since a moment; the largest number when there is none.
func (s *Store) firstSince(ctx context.Context, moment time.Time) (nr int64, err error) {
	err = s.pool.QueryRow(ctx, selectNrFrom, moment.UnixMilli()).Scan(&nr)
	if errors.Is(err, pgx.ErrNoRows) {
		return math.MaxInt64, nil
	}
	if err != nil {
		return 0, inWords(err)
	}
	return nr, nil
}
