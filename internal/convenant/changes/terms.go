package changes

import (
	"iter"
	"maps"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
)

// terms tells by when somebody reacts from now on, and how long a message waits.
func (c *comparison) terms(message, to string, before, after convenant.Flow) {
	was := "; dat was " + tell.Term(before.ReactionTerm)
	switch {
	case before.ReactionTerm == after.ReactionTerm:
	case after.ReactionTerm == "":
		c.add(Change{Group: Terms}, "Op %s hoort %s niet meer binnen een vaste tijd te reageren%s.", message, to, was)
	case before.ReactionTerm == "":
		c.add(Change{Group: Terms}, "Op %s hoort %s voortaan binnen %s te reageren.", message, to, tell.Term(after.ReactionTerm))
	default:
		c.add(Change{Group: Terms}, "Op %s hoort %s voortaan binnen %s te reageren%s.", message, to, tell.Term(after.ReactionTerm), was)
	}
	if before.TransitTerm != after.TransitTerm {
		c.add(Change{Group: Terms}, "%s wacht voortaan hoogstens %s tot iemand het ophaalt; dat was %s.", tell.Capital(message), tell.Term(after.TransitTerm), tell.Term(before.TransitTerm))
	}
}

// validity tells from when until when the version holds.
func (c *comparison) validity() {
	before, after := c.before.Valid, c.after.Valid
	if before == after {
		return
	}
	c.add(Change{Group: Terms, More: after.From < before.From || after.Until > before.Until, Less: after.From > before.From || after.Until < before.Until},
		"Geldt van %s tot en met %s; dat was van %s tot en met %s.", tell.Day(after.From), tell.Day(after.Until), tell.Day(before.From), tell.Day(before.Until))
}

// retention tells how long the trail is kept.
func (c *comparison) retention() {
	if c.before.Retention != c.after.Retention {
		c.add(Change{Group: Terms}, "Het auditspoor wordt voortaan %s bewaard; dat was %s.", tell.Term(c.after.Retention), tell.Term(c.before.Retention))
	}
}

// sorted gives the entries of a map in the order of their keys.
func sorted[K ~string, V any](m map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
