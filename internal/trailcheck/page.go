package trailcheck

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A page is read in one short transaction: this many records at most, and not many more bytes than this.
const (
	pageSize  = 512
	pageBytes = 8 << 20
)

// page is a run of records with everything that is kept under their numbers.
type page struct {
	records     []record
	hashes      []keptHash // those that came with these records
	checkpoints []keptNote
	messages    []keptMessage
	readers     []place[string] // who may read a record
	decisions   []place[string] // under which convenant a decision is found
	rules       []place[string] // the digest of the rules that came in force
	holds       []keptHold
	reviews     []keptReview
	about       map[string]int64 // by id: the number of the message that a record of what happened to it is about
	err         error            // why it could not be read
}

type (
	keptHash struct {
		ix   int64
		hash []byte
	}
	keptNote struct {
		size int64
		note []byte
	}
	keptMessage struct {
		nr           int64
		id, envelope string
	}
	keptHold struct {
		nr int64
		hold
	}
	keptReview struct {
		opened, message int64
		party, cause    string
	}
)

// hold is what is held: a case, by a party, for a reason.
type hold struct{ kase, party, reason string }

// pages reads the whole trail, a page ahead of who looks at it. The channel ends with the trail, with a page that could not be read, or when
// nobody wants more: when the context ends.
func (c *check) pages(ctx context.Context) <-chan *page {
	pages := make(chan *page, 1)
	go func() {
		defer close(pages)
		for from := int64(0); from < c.size; {
			p := &page{}
			p.err = c.at(ctx, func(m moment) error { return p.read(ctx, m, from, min(pageSize, c.size-from)) })
			select {
			case pages <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil || len(p.records) == 0 {
				return
			}
			from = p.last() + 1
		}
	}()
	return pages
}

func (p *page) first() int64 { return p.records[0].nr }
func (p *page) last() int64  { return p.records[len(p.records)-1].nr }

// read reads so many records, and what is kept under their numbers.
func (p *page) read(ctx context.Context, m moment, from, most int64) error {
	if err := p.readRecords(ctx, m, from, most); err != nil {
		return fmt.Errorf("reading records from %d: %w", from, err)
	}
	if len(p.records) == 0 {
		return nil
	}
	if err := p.readTree(ctx, m); err != nil {
		return fmt.Errorf("reading hashes and checkpoints from %d: %w", from, err)
	}
	if err := p.readBeside(ctx, m); err != nil {
		return fmt.Errorf("reading what is kept with records from %d: %w", from, err)
	}
	return nil
}

// errFull ends a page.
var errFull = errors.New("a page is full")

func (p *page) readRecords(ctx context.Context, m moment, from, most int64) error {
	var r record
	var moment any
	bytes := 0
	err := m.each(ctx, func() error {
		r.moment = momentOf(moment)
		bytes += len(r.canonical)
		next := r
		next.read()
		p.records = append(p.records, next)
		if bytes > pageBytes {
			return errFull
		}
		return nil
	}, []any{&r.nr, &r.kind, &moment, &r.message, &r.jwsDigest, &r.canonical},
		`SELECT nr, kind, `+m.from.moment()+`, message, jws_digest, canonical FROM record WHERE nr >= ? ORDER BY nr LIMIT ?`, from, most)
	if errors.Is(err, errFull) {
		return nil
	}
	return err
}

func (p *page) readTree(ctx context.Context, m moment) error {
	var h keptHash
	from, to := hashCount(p.first()), hashCount(p.last()+1)
	p.hashes = make([]keptHash, 0, 2*len(p.records))
	if err := m.each(ctx, func() error { p.hashes = append(p.hashes, h); return nil }, []any{&h.ix, &h.hash},
		`SELECT ix, hash FROM hash WHERE ix >= ? AND ix < ? ORDER BY ix`, from, to); err != nil {
		return err
	}
	var n keptNote
	return m.each(ctx, func() error { p.checkpoints = append(p.checkpoints, n); return nil }, []any{&n.size, &n.note},
		`SELECT size, note FROM checkpoint WHERE size > ? AND size <= ? ORDER BY size`, p.first(), p.last()+1)
}

func (p *page) readBeside(ctx context.Context, m moment) error {
	first, last := p.first(), p.last()
	if first == 0 {
		first = math.MinInt64 // what stands under no record's number is looked at too
	}
	var message keptMessage
	var hold keptHold
	var review keptReview
	var rules place[string]
	parties, convenants, ids := p.named()
	for _, rows := range []struct {
		do    func()
		into  []any
		query string
	}{
		{func() { p.messages = append(p.messages, message) }, []any{&message.nr, &message.id, &message.envelope},
			`SELECT nr, id, envelope FROM message WHERE nr >= ? AND nr <= ? ORDER BY nr`},
		{func() { p.rules = append(p.rules, rules) }, []any{&rules.nr, &rules.of},
			`SELECT nr, digest FROM policy_use WHERE nr >= ? AND nr <= ? ORDER BY nr`},
		{func() { p.holds = append(p.holds, hold) }, []any{&hold.nr, &hold.kase, &hold.party, &hold.reason},
			`SELECT nr, case_id, party, reason FROM hold WHERE nr >= ? AND nr <= ? ORDER BY nr`},
		{func() { p.reviews = append(p.reviews, review) }, []any{&review.opened, &review.message, &review.party, &review.cause},
			`SELECT opened, message, party, cause FROM review WHERE opened >= ? AND opened <= ? ORDER BY opened`},
	} {
		if err := m.each(ctx, func() error { rows.do(); return nil }, rows.into, rows.query, first, last); err != nil {
			return err
		}
	}
	var err error
	if p.readers, err = m.places(ctx, `SELECT party, nr FROM record_party WHERE party `, parties, first, last); err != nil {
		return err
	}
	if m.from.decisions() {
		if p.decisions, err = m.places(ctx, `SELECT convenant, nr FROM decision WHERE convenant `, convenants, first, last); err != nil {
			return err
		}
	}
	p.about = make(map[string]int64, len(ids))
	if len(ids) == 0 {
		return nil
	}
	return m.each(ctx, func() error { p.about[message.id] = message.nr; return nil }, []any{&message.id, &message.nr},
		`SELECT id, nr FROM message WHERE id `+m.from.in(), m.from.list(ids))
}

// places reads the rows of these keys that are about records of a page.
func (m moment) places(ctx context.Context, query string, keys []string, first, last int64) (list []place[string], err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var row place[string]
	err = m.each(ctx, func() error { list = append(list, row); return nil }, []any{&row.of, &row.nr},
		query+m.from.in()+` AND nr >= ? AND nr <= ?`, m.from.list(keys), first, last)
	return list, err
}

// named gives the parties and convenants that the records of a page name, and the messages of which one says what happened to it.
func (p *page) named() (parties, convenants, ids []string) {
	parties = []string{everyone}
	for _, r := range p.records {
		if r.said.sender != nil {
			parties = append(parties, *r.said.sender)
		}
		for _, to := range r.said.recipients {
			parties = append(parties, to.party)
		}
		if r.said.convenant != nil {
			convenants = append(convenants, *r.said.convenant)
		}
		if (r.kind == "gewist" || r.kind == "beoordeling") && r.message != nil {
			ids = append(ids, *r.message)
		}
	}
	once := func(list []string) []string { slices.Sort(list); return slices.Compact(list) }
	return once(parties), once(convenants), once(ids)
}
