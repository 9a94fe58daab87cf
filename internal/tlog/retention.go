package tlog

import (
	"encoding/json"
	"slices"
	"time"
)

// The kinds of record about what stays and what goes: content that was pruned at the end of its term, a case that a party's privacy
// officer holds back from it, and the end of that.
const (
	Pruned   RecordKind = "opgeschoond"
	Held     RecordKind = "vastgehouden"
	Released RecordKind = "vrijgegeven"
)

// TermOver is the reason in a record of kind [Pruned]: the term that was fixed with each record when it was made.
const TermOver = "bewaartermijn-verstreken"

// Pruning is what a record of kind [Pruned] says, in `feiten`, to one party about the records that this party was part of: of others'
// records it says nothing. What was part of no party stands in a record for nobody.
type Pruning struct {
	Count  int        `json:"aantal"`
	Ranges [][2]int64 `json:"regels"` // the nrs, first and last of each run, in order
	Until  string     `json:"tot"`    // when the last of their terms ended: RFC 3339, UTC
}

// NewPruning gives the facts about these records, the last of whose terms ended at a moment.
func NewPruning(nrs []int64, until time.Time) json.RawMessage {
	p := Pruning{Count: len(nrs), Until: until.UTC().Format(time.RFC3339)}
	for _, nr := range slices.Sorted(slices.Values(nrs)) {
		if last := len(p.Ranges) - 1; last >= 0 && p.Ranges[last][1]+1 == nr {
			p.Ranges[last][1] = nr
		} else {
			p.Ranges = append(p.Ranges, [2]int64{nr, nr})
		}
	}
	facts, err := json.Marshal(p)
	if err != nil {
		panic(err) // numbers and a time can always be written
	}
	return facts
}
