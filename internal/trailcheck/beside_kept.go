package trailcheck

// reviewsOf compares reviews with the records that opened them.
func (c *check) reviewsOf(p *page) {
	kept := make([]bool, len(p.records))
	for _, v := range p.reviews {
		if v.cause == "motivering" {
			c.kept.reviewed.note(v.message)
		}
		r := p.of(v.opened)
		if r == nil || r.kind != "beoordeling" {
			c.contradicts(otherReview, v.opened)
			continue
		}
		message, known := p.about[r.about()]
		if !known || message != v.message || len(r.said.recipients) == 0 || r.said.recipients[0].party != v.party || r.said.reason() != v.cause {
			c.contradicts(otherReview, v.opened)
		}
		kept[r.nr-p.first()] = true
	}
	for i, r := range p.records {
		_, known := p.about[r.about()]
		if r.kind == "beoordeling" && r.said.jws == nil && known && !kept[i] {
			c.contradicts(noReview, r.nr)
		}
	}
}

// rulesOf compares which rules came in force with the records that say so.
func (c *check) rulesOf(p *page) {
	kept := make([]bool, len(p.records))
	for _, u := range p.rules {
		switch r := p.of(u.nr); {
		case r == nil:
		case r.kind != "beleid":
			c.contradicts(noRules, u.nr)
		default:
			kept[r.nr-p.first()] = u.of == r.said.policy
		}
	}
	for i, r := range p.records {
		if r.kind == "beleid" && !kept[i] {
			c.contradicts(rulesGone, r.nr)
		}
	}
}

// holdsOf compares what is held with the records that say so. What a record holds and is held no more, a later record releases.
func (c *check) holdsOf(p *page) {
	kept := make([]bool, len(p.records))
	for _, h := range p.holds {
		r := p.of(h.nr)
		if r == nil || r.kind != "vastgehouden" || r.holds() != h.hold {
			c.contradicts(otherHold, h.nr)
		}
		if r != nil {
			kept[r.nr-p.first()] = true
		}
	}
	for i := range p.records {
		switch r := &p.records[i]; {
		case r.kind == "vastgehouden" && !r.pruned && !kept[i]:
			c.kept.holds[r.holds()] = true
		case r.kind == "vrijgegeven" && r.pruned: // of what, nobody knows any more
			clear(c.kept.holds)
		case r.kind == "vrijgegeven":
			delete(c.kept.holds, r.holds())
		}
	}
}

// holds gives what a record holds, or releases.
func (r *record) holds() (h hold) {
	h = hold{kase: r.said.theCase(), reason: r.said.reason()}
	if r.said.sender != nil {
		h.party = *r.said.sender
	}
	return h
}
