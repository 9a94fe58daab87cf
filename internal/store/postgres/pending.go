package postgres

import "github.com/jackc/pgx/v5"

// pending is what a transaction has collected and not queued yet: rows of tables, of which each table is one statement, however many
// there are. They are queued in a fixed order, which keeps what the order of the writes keeps as long as no two of them are about the
// same thing the other way round. Before that happens, what is there is queued first; see [pending.touch].
type pending struct {
	records    recordRows
	readers    readerRows
	terms      termRows
	refused    refusedRows
	since      sinceRows
	messages   messageRows
	recipients recipientRows
	contents   contentRows
	adoptions  []adoption
	seen       seenRows
	moves      moveRows
	confirmed  confirmationRows
	reviews    reviewRows
	erasures   erasureRows

	touched map[string]stage // messages, and how far in the fixed order
	sent    map[senderKey]bool
}

// stage is a place in the fixed order.
type stage int

const (
	refusing stage = iota + 1
	accepting
	looking
	moving
	reviewing
	erasing
)

// queue puts everything in a batch, in the fixed order: what is referred to first.
func (p *pending) queue(b *pgx.Batch) {
	p.records.queue(b)
	p.readers.queue(b)
	p.terms.queue(b)
	p.refused.queue(b)
	p.since.queue(b)
	p.messages.queue(b)
	p.recipients.queue(b)
	p.contents.queue(b)
	for _, a := range p.adoptions {
		a.queue(b)
	}
	p.seen.queue(b)
	p.moves.queue(b)
	p.confirmed.queue(b)
	p.reviews.queue(b)
	p.erasures.queue(b)
}

// touch notes that a write is about a message, and reports whether it must come after everything that is pending.
func (p *pending) touch(id string, at stage) (after bool) {
	if p.touched == nil {
		p.touched = map[string]stage{}
	}
	if p.touched[id] > at {
		return true
	}
	p.touched[id] = at
	return false
}

// touch collects a write about a message in its place.
func (t *transaction) touch(id string, at stage) {
	t.writes++
	if t.pending.touch(id, at) {
		t.flush()
		t.pending.touch(id, at)
	}
}
