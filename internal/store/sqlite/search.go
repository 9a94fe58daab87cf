package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// keepTerms keeps under which terms a record is found; see [audit.Terms].
func (t *transaction) keepTerms(r tlog.Record, readers []string) error {
	_, err := t.w.exec(`INSERT INTO record_term (segment, term, nr) SELECT ?3, value, ?2 FROM json_each(?1)`,
		list(audit.Terms(r, readers)), r.Nr, segmentOf(r.Nr))
	return err
}

const (
	selectNewest = `SELECT coalesce(max(nr), -1) FROM record`
	selectNrFrom = `SELECT nr FROM record WHERE time >= ? ORDER BY time, nr LIMIT 1`
)

// Search gives records that a party may read, newest first; see [audit.Query].
func (s *Store) Search(ctx context.Context, q audit.Query) ([][]byte, error) {
	q = q.Bounded()
	after, before, err := s.span(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("finding where the trail must be searched: %w", err)
	}
	lists := listsOf(q)
	if lists == nil {
		return s.find(ctx, selectRecords, q.Party, audit.Everyone, after, before, q.Limit)
	}
	var found [][]byte
	for p, err := range s.pieces(ctx, lists, after, before) {
		if err != nil {
			return nil, err
		}
		text, args := search(q, p.terms)
		some, err := s.find(ctx, text, append([]any{q.Party, audit.Everyone, after, before, q.Limit - len(found), p.segment}, args...)...)
		if err != nil {
			return nil, err
		}
		if found = append(found, some...); len(found) == q.Limit {
			break
		}
	}
	return found, nil
}

// find gives the records that a statement of a search finds.
func (s *Store) find(ctx context.Context, text string, args ...any) ([][]byte, error) {
	rows, err := s.readers.rows(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("searching the trail: %w", err)
	}
	return collect(rows, func(row scanner) (canonical []byte, err error) { return canonical, row.Scan(&canonical) })
}

// span gives the nrs between which the records of a period stand, both ends exclusive: time never goes back in the log. A search is answered as
// of now: what is added while it goes from segment to segment would be found in one list and missed in another.
func (s *Store) span(ctx context.Context, q audit.Query) (after, before int64, err error) {
	var newest int64
	if err := s.readers.row(ctx, selectNewest).Scan(&newest); err != nil {
		return 0, 0, err
	}
	after, before = -1, min(q.Before, newest+1)
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

// Parameters of every search: ?1 who asks, ?2 everyone, ?3 and ?4 the nrs between, ?5 the limit; and of all but the first, ?6 the segment.
const (
	// selectRecords takes the newest of a party's own and the newest of everybody's, each along its index.
	selectRecords = `
		SELECT canonical FROM record WHERE nr IN (
			SELECT nr FROM (SELECT nr FROM record_party WHERE party = ?1 AND nr > ?3 AND nr < ?4 ORDER BY nr DESC LIMIT ?5)
			UNION SELECT nr FROM (SELECT nr FROM record_party WHERE party = ?2 AND nr > ?3 AND nr < ?4 ORDER BY nr DESC LIMIT ?5)
		) ORDER BY nr DESC LIMIT ?5`
	// selectList is the newest of one list in a segment; selectFound takes the newest of many. Who may read is looked up once more, where it is told.
	selectList  = `SELECT nr FROM (SELECT nr FROM record_term WHERE segment = ?6 AND term = ? AND nr > ?3 AND nr < ?4 ORDER BY nr DESC LIMIT ?5)`
	selectFound = `
		SELECT canonical FROM record r WHERE nr IN (%s)
			AND EXISTS (SELECT 1 FROM record_party p WHERE p.party IN (?1, ?2) AND p.nr = r.nr)
		ORDER BY nr DESC LIMIT ?5`
	// selectOfCase walks along the records of a case, and looks the term of what else was asked for up for each: ?8 gives it by kind.
	selectOfCase = `
		SELECT r.canonical FROM record_term c CROSS JOIN record r ON r.nr = c.nr WHERE c.segment = ?6 AND c.term = ?7 AND c.nr > ?3 AND c.nr < ?4
			AND (?8 IS NULL OR EXISTS (SELECT 1 FROM record_term t WHERE t.segment = ?6 AND t.term = ?8 ->> r.kind AND t.nr = c.nr))
			AND EXISTS (SELECT 1 FROM record_party p WHERE p.party IN (?1, ?2) AND p.nr = c.nr)
		ORDER BY c.nr DESC LIMIT ?5`
)

// listsOf gives the lists that a query is answered from; nil: it asks for nothing that stands in one.
func listsOf(q audit.Query) (terms []int64) {
	own := q.Terms(q.Party)
	switch {
	case q.Case != "":
		return []int64{q.CaseTerm()}
	case own == nil:
		return nil
	}
	return slices.AppendSeq(slices.Collect(maps.Values(own)), maps.Values(q.Terms(audit.Everyone)))
}

// search gives the statement for a query in a segment that has these of its lists, and its parameters from the seventh on.
func search(q audit.Query, terms []int64) (text string, args []any) {
	if q.Case != "" {
		var byKind any
		if own := q.Terms(q.Party); own != nil {
			data, err := json.Marshal(own)
			if err != nil {
				panic(err) // texts and numbers can always be written
			}
			byKind = string(data)
		}
		return selectOfCase, []any{terms[0], byKind}
	}
	var lists []string
	for i, term := range terms {
		lists, args = append(lists, strings.Replace(selectList, "term = ?", fmt.Sprintf("term = ?%d", i+7), 1)), append(args, term)
	}
	return fmt.Sprintf(selectFound, strings.Join(lists, " UNION ")), args
}
