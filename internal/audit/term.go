package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// A term stands for everything that a reader can look for at once: (reader, participant, reason, kind), or (reader, case). A store keeps
// for each term the list of its records in order of nr, and each question is a walk along one list, or along one for each kind
// when no kind was asked for. So no combination of filters reads more of a list than it answers with, whatever else the log holds.
// A case is the exception: it has few records, and what else was asked for is looked up for each of them.
//
// A term is a number of 64 bits, mostly of SHA-256: the list is short and holds no name. Its first bits bring together what is written at
// the same time, because each page that a batch touches is written as a whole: lists of one reader, in it those of one participant and
// reason, one for each kind; and cases by when they began. Two things of one reader get the same number with a chance of
// one in 2^40 (two cases that began within the same quarter of a second: one in 2^24); then a record would be found that was not
// asked for, and never one that the reader may not read: that is looked up elsewhere.

// Terms gives the terms under which a record is kept, for the readers that [Tx].AppendRecord was given; sorted, each once.
func Terms(r trail.Record, readers []string) []int64 {
	people, reasons := participants(r), append([]string{""}, r.Reasons...)
	terms := make([]int64, 0, len(readers)*(len(people)*len(reasons)+1))
	for _, reader := range readers {
		for _, who := range people {
			for _, reason := range reasons {
				terms = append(terms, termOf(reader, who, reason, string(r.Kind)))
			}
		}
		if r.Case != nil && *r.Case != "" {
			terms = append(terms, caseTerm(reader, *r.Case))
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// participants gives who did it and to whom it was addressed, and "" for whoever asks for nobody in particular.
func participants(r trail.Record) []string {
	list := []string{""}
	if r.Sender != nil && r.Sender.Participant != "" {
		list = append(list, Participant(r.Sender.Party, r.Sender.Participant))
	}
	for _, to := range r.Recipients {
		for _, id := range to.Participants {
			list = append(list, Participant(to.Party, id))
		}
	}
	return list
}

// Terms gives for each kind that is asked for the term of participant, reason and kind, as a reader has it: the party, or [Everyone].
// nil: none of the three was asked for.
func (q Query) Terms(reader string) map[trail.RecordKind]int64 {
	if q.Participant == "" && q.Reason == "" && q.Kind == "" {
		return nil
	}
	kinds := trail.Kinds
	if q.Kind != "" {
		kinds = []trail.RecordKind{q.Kind}
	}
	terms := make(map[trail.RecordKind]int64, len(kinds))
	for _, kind := range kinds {
		terms[kind] = termOf(reader, q.Participant, q.Reason, string(kind))
	}
	return terms
}

// CaseTerm gives the term of the case that is asked for. What is for everyone is of no case.
func (q Query) CaseTerm() int64 { return caseTerm(q.Party, q.Case) }

// termOf is 8 bits of the reader, 40 of what is looked for, and 16 of the kind.
func termOf(reader, participant, reason, kind string) int64 {
	return int64(bits(8, reader)<<56 | bits(40, reader+"\x00"+participant+"\x00"+reason)<<16 | bits(16, kind))
}

// caseTerm is 40 bits of the time in the id of the case (UUIDv7, RFC 9562: it begins with 48 bits of milliseconds), and 24 of both.
func caseTerm(reader, id string) int64 {
	began, err := strconv.ParseUint(strings.ReplaceAll(id[:min(len(id), 11)], "-", ""), 16, 40)
	if err != nil {
		began = bits(40, id)
	}
	return int64(began<<24 | bits(24, reader+"\x00"+id))
}

// bits gives the first bits of a SHA-256.
func bits(n int, of string) uint64 {
	sum := sha256.Sum256([]byte(of))
	return binary.BigEndian.Uint64(sum[:8]) >> (64 - n)
}
