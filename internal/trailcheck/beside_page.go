package trailcheck

import (
	"context"
	"fmt"
)

// keptBeside is what the walk saw beside the records. What happens to a message later in the log is remembered by the number of the message: a
// bit for each thing.
type keptBeside struct {
	messages                        marks
	payload, motivation             marks // of which the ciphertext was there when the run began
	payloadErased, motivationErased marks // of which a record says that it was erased
	reviewed                        marks // of which a review began by its motivation
	readers, decisions              int64
	holds                           map[hold]bool // what is held by a record and by nothing else, so that it should have been released
}

// ciphertext reads which messages have some.
func (k *keptBeside) ciphertext(ctx context.Context, m moment, size int64) error {
	k.holds = map[hold]bool{}
	for _, b := range []*marks{&k.messages, &k.payload, &k.motivation, &k.payloadErased, &k.motivationErased, &k.reviewed} {
		*b = newMarks(size)
	}
	var message int64
	var part string
	err := m.each(ctx, func() error {
		switch part {
		case "lading":
			k.payload.note(message)
		case "motivering":
			k.motivation.note(message)
		}
		return nil
	}, []any{&message, &part}, `SELECT message, part FROM content WHERE message < ?`, size)
	if err != nil {
		return fmt.Errorf("reading of which messages there is ciphertext: %w", err)
	}
	return nil
}

// besidePage compares the records of a page with what is kept beside them.
func (c *check) besidePage(ctx context.Context, p *page) error {
	if err := c.readersOf(ctx, p); err != nil {
		return err
	}
	c.messagesOf(p)
	c.reviewsOf(p)
	c.rulesOf(p)
	c.holdsOf(p)
	for i := range p.records {
		r := &p.records[i]
		if nr, known := p.about[r.about()]; known && r.kind == "gewist" {
			if r.said.part == "motivering" {
				c.kept.motivationErased.note(nr)
			} else {
				c.kept.payloadErased.note(nr)
			}
		}
	}
	return nil
}

// about is the id of the message that a record is about, "" when it is about none.
func (r *record) about() string {
	if r.message == nil {
		return ""
	}
	return *r.message
}

// of gives a record of the page by its number, nil when it is not there.
func (p *page) of(nr int64) *record {
	if at := nr - p.first(); at >= 0 && at < int64(len(p.records)) {
		return &p.records[at]
	}
	return nil
}

// readersOf compares who may read the records of a page with what they say, and notes in which lists they must be found for those.
func (c *check) readersOf(ctx context.Context, p *page) error {
	readable, readers := make([]bool, len(p.records)), make([][]string, len(p.records))
	for _, reader := range p.readers {
		r := p.of(reader.nr)
		if r == nil || r.pruned {
			continue
		}
		if r.said.names(reader.of) || reader.of == everyone && (r.kind == "beleid" || r.kind == "verlies") {
			c.kept.readers++
		}
		readable[r.nr-p.first()] = readable[r.nr-p.first()] || r.said.from(reader.of)
		readers[r.nr-p.first()] = append(readers[r.nr-p.first()], reader.of)
		if r.kind == "besluit" && r.said.decision != "toegestaan" && !r.said.from(reader.of) {
			c.contradicts(refusalShown, r.nr)
		}
	}
	for i := range p.records {
		r := &p.records[i]
		if r.said.sender != nil && *r.said.sender != "" && !readable[i] {
			c.contradicts(unreadable, r.nr)
		}
		var terms []int64
		for _, reader := range readers[i] {
			if len(terms)+r.lists() > mostRows {
				return falsehood(r.nr, "staat in meer lijsten dan een auditregel kan")
			}
			terms = append(terms, r.terms(reader)...)
		}
		if err := c.find(ctx, r, terms); err != nil {
			return err
		}
	}
	return c.decisionsOf(p)
}

// decisionsOf compares under which convenant decisions are found with what they say.
func (c *check) decisionsOf(p *page) error {
	if !c.from.decisions() {
		return nil
	}
	found := make([]bool, len(p.records))
	for _, d := range p.decisions {
		if r := p.of(d.nr); r != nil && r.said.convenant != nil && *r.said.convenant == d.of {
			c.kept.decisions++
			found[r.nr-p.first()] = true
		}
	}
	for i, r := range p.records {
		if r.kind == "besluit" && r.said.convenant != nil && !found[i] {
			c.contradicts(notUnderConvenant, r.nr)
		}
	}
	return nil
}

// messagesOf compares the messages that were offered with those that are kept.
func (c *check) messagesOf(p *page) {
	kept := make([]bool, len(p.records))
	for _, m := range p.messages {
		r := p.of(m.nr)
		if r == nil || r.kind != "aangeboden" || r.about() != m.id || r.said.jws == nil || *r.said.jws != m.envelope {
			c.contradicts(otherMessage, m.nr)
			continue
		}
		kept[m.nr-p.first()] = true
		c.kept.messages.note(m.nr)
		c.report.Messages++
	}
	for i, r := range p.records {
		if r.kind == "aangeboden" && !r.pruned && !kept[i] {
			c.contradicts(noMessage, r.nr)
		}
	}
}
