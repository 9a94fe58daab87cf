package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// keepTerms keeps under which terms a record is found; see [audit.Terms].
func (t *transaction) keepTerms(r tlog.Record, readers []string) error {
	_, err := t.w.exec(`INSERT INTO record_term (term, nr) SELECT value, ?2 FROM json_each(?1)`, list(audit.Terms(r, readers)), r.Nr)
	return err
}

const selectNrFrom = `SELECT nr FROM record WHERE time >= ? ORDER BY time, nr LIMIT 1`

// Search gives records that a party may read, newest first; see [audit.Query].
func (s *Store) Search(ctx context.Context, q audit.Query) ([][]byte, error) {
	q = q.Bounded()
	after, before, err := s.span(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("finding a period in the trail: %w", err)
	}
	text, args := search(q)
	rows, err := s.readers.rows(ctx, text, append([]any{q.Party, audit.Everyone, after, before, q.Limit}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("searching the trail: %w", err)
	}
	return collect(rows, func(row scanner) (canonical []byte, err error) { return canonical, row.Scan(&canonical) })
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
	err = s.readers.row(ctx, selectNrFrom, moment.Format(tlog.TimeLayout)).Scan(&nr)
	if errors.Is(err, sql.ErrNoRows) {
		return math.MaxInt64, nil
	}
	return nr, err
}

// Parameters of every search: ?1 who asks, ?2 everyone, ?3 and ?4 the nrs between, ?5 the limit.
const (
	// selectRecords takes the newest of a party's own and the newest of everybody's, each along its index.
	selectRecords = `
		SELECT canonical FROM record WHERE nr IN (
			SELECT nr FROM (SELECT nr FROM record_party WHERE party = ?1 AND nr > ?3 AND nr < ?4 ORDER BY nr DESC LIMIT ?5)
			UNION SELECT nr FROM (SELECT nr FROM record_party WHERE party = ?2 AND nr > ?3 AND nr < ?4 ORDER BY nr DESC LIMIT ?5)
		) ORDER BY nr DESC LIMIT ?5`
	// selectList is the newest of one list; selectFound takes the newest of many. Who may read is looked up once more, where it is told.
	selectList  = `SELECT nr FROM (SELECT nr FROM record_term WHERE term = ? AND nr > ?3 AND nr < ?4 ORDER BY nr DESC LIMIT ?5)`
	selectFound = `
		SELECT canonical FROM record r WHERE nr IN (%s)
			AND EXISTS (SELECT 1 FROM record_party p WHERE p.party IN (?1, ?2) AND p.nr = r.nr)
		ORDER BY nr DESC LIMIT ?5`
	// selectOfCase walks along the records of a case, and looks the term of what else was asked for up for each: ?7 gives it by kind.
	selectOfCase = `
		SELECT r.canonical FROM record_term c CROSS JOIN record r ON r.nr = c.nr WHERE c.term = ?6 AND c.nr > ?3 AND c.nr < ?4
			AND (?7 IS NULL OR EXISTS (SELECT 1 FROM record_term t WHERE t.term = ?7 ->> r.kind AND t.nr = c.nr))
			AND EXISTS (SELECT 1 FROM record_party p WHERE p.party IN (?1, ?2) AND p.nr = c.nr)
		ORDER BY c.nr DESC LIMIT ?5`
)

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
	var lists []string
	for _, terms := range []map[tlog.RecordKind]int64{own, q.Terms(audit.Everyone)} {
		for _, term := range terms {
			lists, args = append(lists, strings.Replace(selectList, "= ?", fmt.Sprintf("= ?%d", len(args)+6), 1)), append(args, term)
		}
	}
	return fmt.Sprintf(selectFound, strings.Join(lists, " UNION ")), args
}
