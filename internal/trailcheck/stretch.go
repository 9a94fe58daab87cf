package trailcheck

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// segmentBits: a list is kept in pieces, one for each 2^15 records (docs/decisions/0029). A row in another piece than its own is found by
// nobody. A stretch of the trail is as long, so that what is remembered of it is bounded: 16 bytes for each row, some ten rows a record.
const segmentBits = 15

// mostRows is how many rows one record may be in, and how many of a stretch are remembered before they are looked for. By the limits on
// an envelope a record is in some ten thousand lists for each of its readers at most; what says more was made to fill the memory of who checks.
const mostRows = 1 << 21

// stretch is where the records of one piece must be found: in which lists, for each of their readers.
type stretch struct {
	number int64
	want   []place[int64]
}

// terms gives the lists, each once.
func (s *stretch) terms() (terms []int64) {
	for _, p := range s.want {
		if len(terms) == 0 || terms[len(terms)-1] != p.of {
			terms = append(terms, p.of)
		}
	}
	return terms
}

// find has records found under the number of their stretch; when they are of the next one, or there are many rows, the lists of this one are
// looked at, while the walk goes on.
func (c *check) find(ctx context.Context, r *record, terms []int64) error {
	if number := r.nr >> segmentBits; c.lists.number != number || len(c.lists.want) > mostRows {
		if err := c.lookInLists(ctx); err != nil {
			return err
		}
		c.lists = stretch{number: number}
	}
	for _, term := range terms {
		c.lists.want = append(c.lists.want, place[int64]{term, r.nr})
	}
	return nil
}

// lookInLists starts to look at the lists of a stretch, once those of the one before were found right.
func (c *check) lookInLists(ctx context.Context) error {
	if err := c.looked(); err != nil {
		return err
	}
	s, done := c.lists, make(chan error, 1)
	go func() { done <- s.inLists(ctx, c) }()
	c.looking = done
	return nil
}

// looked waits for the lists that are looked at.
func (c *check) looked() (err error) {
	if c.looking != nil {
		err, c.looking = <-c.looking, nil
	}
	return err
}

// inLists checks that each record is in every list that it belongs in, for each of its readers: who takes it out of one hides it from
// whoever searches. How many rows there are in all is counted at the end, so that none stands where it does not belong.
func (s *stretch) inLists(ctx context.Context, c *check) error {
	slices.SortFunc(s.want, func(a, b place[int64]) int { return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.nr, b.nr)) })
	s.want = slices.Compact(s.want)
	c.listed.Add(int64(len(s.want)))
	var hidden []int64
	err := c.at(ctx, func(m moment) error {
		if err := m.from.alongIndex(ctx, m.tx); err != nil {
			return err
		}
		left := s.want
		var have place[int64]
		query, args := m.from.within(s)
		err := m.each(ctx, func() error {
			for len(left) > 0 && (left[0].of < have.of || left[0].of == have.of && left[0].nr < have.nr) {
				hidden, left = append(hidden, left[0].nr), left[1:]
			}
			if len(left) > 0 && left[0] == have {
				left = left[1:]
			}
			return nil
		}, []any{&have.of, &have.nr}, query, args...)
		for _, p := range left {
			hidden = append(hidden, p.nr)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("reading what can be searched for: %w", err)
	}
	slices.Sort(hidden)
	for _, nr := range slices.Compact(hidden) {
		var canonical []byte
		if err := c.queryRow(ctx, `SELECT canonical FROM record WHERE nr = ?`, nr).Scan(&canonical); err != nil {
			return fmt.Errorf("reading record %d again: %w", nr, err)
		}
		if canonical != nil { // else it was pruned meanwhile
			return falsehood(nr, "wordt niet gevonden op alles wat erin staat")
		}
	}
	return nil
}

// listedOnly checks that no list holds more than what was found right. There are fewer rows when something was pruned meanwhile: then it is
// asked whether all of that went, because what is left would be among so many that are not there any more.
func (c *check) listedOnly(ctx context.Context) error {
	var rows int64
	if err := c.queryRow(ctx, `SELECT count(*) FROM record_term WHERE nr < ?`, c.size).Scan(&rows); err != nil {
		return fmt.Errorf("counting what can be searched for: %w", err)
	}
	if rows > c.listed.Load() {
		return falsehood(noRecord, "een auditregel wordt gevonden op iets dat er niet in staat")
	}
	c.suspect(prunedListed, rows < c.listed.Load())
	return nil
}
