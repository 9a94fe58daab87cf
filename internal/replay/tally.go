package replay

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// Counts are rounded at random to a multiple of 5, up as often as it takes to be right on average, as statistics offices do with
// tables about persons (random rounding to base 5). Chance comes from the salts of the very records that were counted, which nobody
// knows who may not see them: the same records always give the same number, so asking again teaches nothing, and of two sets that
// differ in one record each is rounded by itself, so that their difference hides it.
const base = 5

// Count is how many there are. What the party that asks can see in the trail itself is counted exactly and apart: it knows those, and
// together with others they would give the others away.
type Count struct {
	Own    int  `json:"eigen"`   // the party is part of the message
	Others *int `json:"anderen"` // rounded; null: fewer than 5, zero perhaps
}

// tally counts records.
type tally struct {
	own, others int
	key         [sha256.Size]byte
}

// add counts a record by its salt.
func (t *tally) add(salt string, own bool) {
	if own {
		t.own++
		return
	}
	t.others++
	sum := sha256.Sum256([]byte("sluis simulatie\n" + salt))
	for i := range t.key { // the same for the same records, in whatever order they came
		t.key[i] ^= sum[i]
	}
}

// shown rounds.
func (t tally) shown() Count {
	if t.others < base {
		return Count{Own: t.own}
	}
	rest := t.others % base
	rounded := t.others - rest
	if rest > 0 && binary.BigEndian.Uint64(t.key[:8])%base < uint64(rest) {
		rounded += base
	}
	return Count{t.own, &rounded}
}

// Turn is which way decisions would turn.
type Turn string

// The two ways.
const (
	ToNo  Turn = "van-ja-naar-nee"
	ToYes Turn = "van-nee-naar-ja"
)

// Group is what decisions that turn have in common. All of it are codes of the vocabulary or of the draft.
type Group struct {
	Turn   Turn   `json:"richting"`
	Flow   string `json:"stroom"` // that lets it through, before or under the draft
	From   string `json:"van"`    // role
	To     string `json:"naar"`
	Kind   string `json:"soort"`
	Reason string `json:"reden"` // why not: under the draft, or before
}

// Row is a group, and how many decisions it holds.
type Row struct {
	Group
	Count
}

// rows gives the groups that may be shown. A group that holds fewer than 5 decisions, all of others, is not there at all: that it is
// there would say that there is something in it.
func rows(groups map[Group]*tally) []Row {
	list := []Row{}
	for g, t := range groups {
		if n := t.shown(); n.Own > 0 || n.Others != nil {
			list = append(list, Row{g, n})
		}
	}
	slices.SortFunc(list, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Turn, b.Turn), cmp.Compare(a.Flow, b.Flow), cmp.Compare(a.From, b.From),
			cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}
