package sqlite

import (
	"context"
	"fmt"
	"iter"
)

// segmentBits says how many records a segment of the lists holds: two to this power (docs/decisions/0029). A list is kept in pieces, one for
// each segment. A batch touches the page on which each of its lists ends: in one long index that is a page for each list, in a segment lists
// share them. What a search pays is a look in each segment. It is part of the form of the file: migration 12 has the same number.
const segmentBits = 15

func segmentOf(nr int64) int64 { return nr >> segmentBits }

// piece is what a segment has of the lists that were asked for.
type piece struct {
	segment int64
	terms   []int64
}

// selectPieces gives the segments (?1) that have something of lists (?2) between two nrs; one look each.
const selectPieces = `
	SELECT s.value, l.value FROM json_each(?1) s CROSS JOIN json_each(?2) l
	WHERE EXISTS (SELECT 1 FROM record_term t WHERE t.segment = s.value AND t.term = l.value AND t.nr > ?3 AND t.nr < ?4)
	ORDER BY s.value DESC`

// pieces gives what segments have of lists between two nrs of the log, both ends exclusive, newest first. It looks in one segment, then in two,
// in four: most searches find their page in the newest.
func (s *Store) pieces(ctx context.Context, lists []int64, after, before int64) iter.Seq2[piece, error] {
	return func(yield func(piece, error) bool) {
		first, last := segmentOf(after+1), segmentOf(before-1)
		for n := 1; last >= first; n *= 2 {
			var some []int64
			for ; last >= first && len(some) < n; last-- {
				some = append(some, last)
			}
			found, err := s.piecesIn(ctx, some, lists, after, before)
			if err != nil {
				yield(piece{}, fmt.Errorf("finding where to search the trail: %w", err))
				return
			}
			for _, p := range found {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

func (s *Store) piecesIn(ctx context.Context, segments, lists []int64, after, before int64) (found []piece, err error) {
	rows, err := s.readers.rows(ctx, selectPieces, list(segments), list(lists), after, before)
	if err != nil {
		return nil, err
	}
	pairs, err := collect(rows, func(row scanner) (p [2]int64, err error) { return p, row.Scan(&p[0], &p[1]) })
	for _, p := range pairs {
		if n := len(found); n == 0 || found[n-1].segment != p[0] {
			found = append(found, piece{segment: p[0]})
		}
		at := &found[len(found)-1].terms
		*at = append(*at, p[1])
	}
	return found, err
}
