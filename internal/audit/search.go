package audit

import (
	"math"
	"time"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// Query asks for records of the trail that a party may read: those that it is part of, and those for [Everyone]. What is not filled in
// does not count; what is, all counts.
type Query struct {
	Party       string    // OIN; who asks
	Case        string    // id
	Participant string    // as [Participant] gives it: who did it, or one of those whom it was addressed to
	From, To    time.Time // of the record: From or later, before To
	Reason      string    // one of its `redenen`
	Kind        trail.RecordKind
	Before      int64 // only records with a lower nr; 0: from the end
	Limit       int   // most records in the answer; at most MaxFound
}

// MaxFound is the most records that one search gives.
const MaxFound = 1000

// Participant names a participant of a party in a [Query]: `<oin>/<id>`, as a subject of AuthZEN is named.
func Participant(party, id string) string { return party + "/" + id }

// Bounded gives the query with every bound filled in: a limit from 0 to [MaxFound], a nr to look before, and times in whole milliseconds,
// as records have them.
func (q Query) Bounded() Query {
	q.Limit = max(0, min(q.Limit, MaxFound))
	if q.Before <= 0 {
		q.Before = math.MaxInt64
	}
	q.From, q.To = wholeMillis(q.From), wholeMillis(q.To)
	return q
}

// wholeMillis rounds up: a record of this millisecond came before whatever is later in it.
func wholeMillis(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Add(time.Millisecond - time.Nanosecond).Truncate(time.Millisecond)
}
