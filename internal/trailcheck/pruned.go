package trailcheck

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrPruned says that a record lost its content at the end of its term, as the trail says.
var ErrPruned = errors.New("de bewaartermijn van deze auditregel is voorbij; de inhoud is opgeschoond")

// stays are the kinds of record that are never pruned: the rest of the trail cannot be verified without them.
var stays = map[string]bool{"kaart": true, "convenant": true, "wpg-besluit": true, "beleid": true, "verlies": true, "opgeschoond": true}

// span is a run of records, both ends included.
type span struct{ first, last int64 }

// told is what records of kind `opgeschoond` say: of each party, which of its records were pruned; "" for those that were nobody's.
type told map[string][]span

// readPruned looks at a record without content: nothing else of it is left, and it is of a kind that may go. Its hash is in the tree, and that it
// was pruned and not taken away is for [check.pruned].
func (r *record) readPruned() (err error) {
	if stays[r.kind] {
		return falsehood(r.nr, "heeft geen inhoud meer en had moeten blijven")
	}
	if r.message != nil || r.jwsDigest != nil {
		return falsehood(r.nr, "is opgeschoond en wordt toch nog ergens onder gevonden")
	}
	if r.time, err = time.Parse(timeLayout, r.moment); err != nil {
		return falsehood(r.nr, "de tijd heeft niet de afgesproken vorm")
	}
	return nil
}

// tells reads what a record says that was pruned.
func (t told) tells(nr int64, at time.Time, canonical []byte) error {
	var content struct {
		Recipients []struct {
			Party string `json:"partij"`
		} `json:"ontvangers"`
		Facts struct {
			Count  int64      `json:"aantal"`
			Ranges [][2]int64 `json:"regels"`
			Until  time.Time  `json:"tot"`
		} `json:"feiten"`
	}
	if err := json.Unmarshal(canonical, &content); err != nil || len(content.Recipients) > 1 {
		return falsehood(nr, "zegt niet goed wat er is opgeschoond")
	}
	party := ""
	if len(content.Recipients) == 1 {
		party = content.Recipients[0].Party
	}
	if content.Facts.Until.After(at) {
		return falsehood(nr, "ruimt op voordat de bewaartermijn voorbij is")
	}
	for _, r := range content.Facts.Ranges {
		if r[0] < 0 || r[1] < r[0] || r[1] >= nr {
			return falsehood(nr, "zegt niet goed wat er is opgeschoond")
		}
		content.Facts.Count -= r[1] - r[0] + 1
		t[party] = append(t[party], span{r[0], r[1]})
	}
	if content.Facts.Count != 0 {
		return falsehood(nr, "zegt niet goed hoeveel er is opgeschoond")
	}
	return nil
}

// sorted puts the runs of each party in order, and gives how many records they hold.
func (t told) sorted() (total int64) {
	for _, spans := range t {
		slices.SortFunc(spans, func(a, b span) int { return int(a.first - b.first) })
		for _, s := range spans {
			total += s.last - s.first + 1
		}
	}
	return total
}

func (t told) holds(party string, nr int64) bool {
	spans := t[party]
	at, exact := slices.BinarySearchFunc(spans, nr, func(s span, nr int64) int { return int(s.first - nr) })
	return exact || at > 0 && nr <= spans[at-1].last
}

// pruned checks that every record without content was pruned by the book: the trail tells each party that could read it so, and nobody else,
// and tells of nothing that is still there. So who empties a record in the database cannot pass it off as pruned.
func (c *check) pruned(ctx context.Context) error {
	total := c.told.sorted()
	if total == 0 && c.report.Pruned == 0 {
		return nil
	}
	type reader struct {
		nr    int64
		party string
	}
	var late []reader // pruned since the run began, or not by the book
	look := func(party string, nr int64) {
		if c.told.holds(party, nr) {
			total--
		} else {
			late = append(late, reader{nr, party})
		}
	}
	read := newMarks(c.size)
	var row place[string]
	err := c.at(ctx, func(m moment) error {
		return m.each(ctx, func() error {
			if c.emptied.has(row.nr) {
				read.note(row.nr)
				look(row.of, row.nr)
			}
			return nil
		}, []any{&row.of, &row.nr}, `SELECT party, nr FROM pruned_party WHERE nr < ? ORDER BY party, nr`, c.size)
	})
	if err != nil {
		return fmt.Errorf("reading what was pruned: %w", err)
	}
	for nr := range c.size {
		if c.emptied.has(nr) && !read.has(nr) {
			look("", nr) // it was nobody's
		}
	}
	if total != 0 {
		return falsehood(noRecord, "het auditspoor zegt van regels dat zij zijn opgeschoond, en dat is niet zo")
	}
	if len(late) == 0 {
		return nil
	}
	since, err := c.toldSince(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(late, func(a, b reader) int { return cmp.Compare(a.nr, b.nr) })
	for _, r := range late {
		if !since.holds(r.party, r.nr) {
			return falsehood(r.nr, "de inhoud is weg zonder dat het in het auditspoor staat")
		}
	}
	return nil
}

// toldSince reads what a gateway that runs pruned since the run began.
func (c *check) toldSince(ctx context.Context) (told, error) {
	rows, err := c.query(ctx, `SELECT nr, canonical FROM record WHERE nr >= ? AND kind = 'opgeschoond'`, c.size)
	if err != nil {
		return nil, fmt.Errorf("reading what was pruned meanwhile: %w", err)
	}
	defer rows.Close()
	since := told{}
	for rows.Next() {
		var nr int64
		var canonical []byte
		if err := rows.Scan(&nr, &canonical); err != nil {
			return nil, fmt.Errorf("reading what was pruned meanwhile: %w", err)
		}
		if err := since.tells(nr, time.Now(), canonical); err != nil {
			return nil, err
		}
	}
	since.sorted()
	return since, rows.Err()
}
