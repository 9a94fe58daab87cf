package trailcheck

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// place is a row of a list along which the trail is searched, or a reader of a record.
type place[K comparable] struct {
	of K
	nr int64
}

// searchable is what of a record can be searched for (docs/decisions/0026).
type searchable struct {
	Kind   string  `json:"soort"`
	Case   *string `json:"zaak"`
	Sender *struct {
		Party       string `json:"partij"`
		Participant string `json:"deelnemer"`
	} `json:"afzender"`
	Recipients []struct {
		Party        string   `json:"partij"`
		Participants []string `json:"deelnemers"`
	} `json:"ontvangers"`
	Reasons []string `json:"redenen"`
}

// found checks that each record of a page is in every list that it belongs in, for each of its readers: who takes it out of one hides it
// from whoever searches. How many rows there are in all is counted at the end, so that none stands where it does not belong.
func (c *check) found(ctx context.Context, page []record) error {
	parties, content := []any{"*"}, map[int64]searchable{}
	for _, r := range page {
		if r.canonical == nil {
			continue
		}
		var s searchable
		if err := json.Unmarshal(r.canonical, &s); err != nil {
			return falsehood(r.nr, "is geen auditregel")
		}
		content[r.nr] = s
		if s.Sender != nil {
			parties = append(parties, s.Sender.Party)
		}
		for _, to := range s.Recipients {
			parties = append(parties, to.Party)
		}
	}
	readers, err := rowsOf[string](ctx, c, "record_party", "", "party", parties, page)
	if err != nil {
		return err
	}
	want, terms := map[place[int64]]bool{}, []any{}
	for reader := range readers {
		if s, whole := content[reader.nr]; whole {
			for _, term := range s.terms(reader.of) {
				want[place[int64]{term, reader.nr}] = true
				terms = append(terms, term)
			}
		}
	}
	c.listed += int64(len(want))
	have, err := rowsOf[int64](ctx, c, "record_term", c.from.within(page[0].nr, page[len(page)-1].nr), "term", terms, page)
	if err != nil {
		return err
	}
	for p := range want {
		if have[p] {
			continue
		}
		var canonical []byte
		if err := c.queryRow(ctx, `SELECT canonical FROM record WHERE nr = ?`, p.nr).Scan(&canonical); err != nil {
			return fmt.Errorf("reading record %d again: %w", p.nr, err)
		}
		if canonical != nil { // else it was pruned meanwhile
			return falsehood(p.nr, "wordt niet gevonden op alles wat erin staat")
		}
	}
	return nil
}

// listedOnly checks that no list holds more than what was found right.
func (c *check) listedOnly(ctx context.Context) error {
	var rows int64
	if err := c.queryRow(ctx, `SELECT count(*) FROM record_term WHERE nr < ?`, c.size).Scan(&rows); err != nil {
		return fmt.Errorf("counting what can be searched for: %w", err)
	}
	if rows > c.listed { // fewer when something was pruned meanwhile
		return falsehood(noRecord, "een auditregel wordt gevonden op iets dat er niet in staat")
	}
	return nil
}

// rowsOf gives which of these keys the records of a page have in a table, or within a part of it.
func rowsOf[K comparable](ctx context.Context, c *check, table, within, column string, keys []any, page []record) (map[place[K]]bool, error) {
	slices.SortFunc(keys, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	keys = slices.Compact(keys)
	found := map[place[K]]bool{}
	for some := range slices.Chunk(keys, 1000) {
		in := strings.TrimSuffix(strings.Repeat("?,", len(some)), ",")
		rows, err := c.query(ctx, fmt.Sprintf(`SELECT %[2]s, nr FROM %[1]s WHERE %[4]s%[2]s IN (%[3]s) AND nr >= ? AND nr <= ?`, table, column, in, within),
			append(slices.Clone(some), page[0].nr, page[len(page)-1].nr)...)
		if err != nil {
			return nil, fmt.Errorf("reading what can be searched for: %w", err)
		}
		for rows.Next() {
			var p place[K]
			if err := rows.Scan(&p.of, &p.nr); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			found[p] = true
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, fmt.Errorf("reading what can be searched for: %w", err)
		}
	}
	return found, nil
}

// terms gives the lists that a record is in for a reader.
func (s searchable) terms(reader string) (terms []int64) {
	people := []string{""}
	if s.Sender != nil && s.Sender.Participant != "" {
		people = append(people, s.Sender.Party+"/"+s.Sender.Participant)
	}
	for _, to := range s.Recipients {
		for _, id := range to.Participants {
			people = append(people, to.Party+"/"+id)
		}
	}
	for _, who := range people {
		for _, reason := range append([]string{""}, s.Reasons...) {
			terms = append(terms, int64(top(reader, 8)<<56|top(reader+"\x00"+who+"\x00"+reason, 40)<<16|top(s.Kind, 16)))
		}
	}
	if s.Case != nil && *s.Case != "" {
		id := *s.Case
		began, err := strconv.ParseUint(strings.ReplaceAll(id[:min(len(id), 11)], "-", ""), 16, 40)
		if err != nil {
			began = top(id, 40)
		}
		terms = append(terms, int64(began<<24|top(reader+"\x00"+id, 24)))
	}
	return terms
}

// top gives the first bits of a SHA-256.
func top(of string, bits int) uint64 {
	sum := sha256.Sum256([]byte(of))
	return binary.BigEndian.Uint64(sum[:]) >> (64 - bits)
}
