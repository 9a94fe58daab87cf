package trailcheck

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
)

// everyone stands for all parties among the readers of a record.
const everyone = "*"

// place is a row of a list along which the trail is searched, or a reader of a record.
type place[K comparable] struct {
	of K
	nr int64
}

// terms gives the lists that a record is in for a reader: what of it can be searched for (docs/decisions/0026).
func (r *record) terms(reader string) []int64 {
	people := []string{""}
	if r.said.sender != nil && r.said.participant != "" {
		people = append(people, *r.said.sender+"/"+r.said.participant)
	}
	for _, to := range r.said.recipients {
		for _, id := range to.people {
			people = append(people, to.party+"/"+id)
		}
	}
	around := top(reader, 8)<<56 | top(r.kind, 16)
	terms := make([]int64, 0, len(people)*(1+len(r.said.reasons))+1)
	for _, who := range people {
		begin := reader + "\x00" + who + "\x00"
		terms = append(terms, int64(around|top(begin, 40)<<16))
		for _, reason := range r.said.reasons {
			terms = append(terms, int64(around|top(begin+reason, 40)<<16))
		}
	}
	if id := r.said.theCase(); id != "" {
		began, err := strconv.ParseUint(strings.ReplaceAll(id[:min(len(id), 11)], "-", ""), 16, 40)
		if err != nil {
			began = top(id, 40)
		}
		terms = append(terms, int64(began<<24|top(reader+"\x00"+id, 24)))
	}
	return terms
}

// lists is in how many lists a record is for one reader at most: when nothing in it is there twice.
func (r *record) lists() int {
	people := 2 // nobody in particular, and the sender
	for _, to := range r.said.recipients {
		people += len(to.people)
	}
	return people*(1+len(r.said.reasons)) + 1
}

// top gives the first bits of a SHA-256.
func top(of string, bits int) uint64 {
	sum := sha256.Sum256([]byte(of))
	return binary.BigEndian.Uint64(sum[:]) >> (64 - bits)
}
