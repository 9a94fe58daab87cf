package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// A term stands for everything that a reader can look for at once: (reader, participant, reason, kind), or (reader, case). A store keeps
// for each term the list of its records in order of nr, and each question is a walk along one list, or along one for each kind
// when no kind was asked for. So no combination of filters reads more of a list than it answers with, whatever else the log holds.
// A case is the exception: it has few records, and what else was asked for is looked up for each of them.
//
// A term is a number of 64 bits: 16 of the SHA-256 of the reader, so that what one party's records touch lies together on the
// disk, and 48 of that of the whole. The list holds no name, and is short. That two things that a party looks for get the same number
// has a chance of 1 in 50,000 for a party with 100,000 of them; such a record, which that party may read anyway, would be found too often.

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

func termOf(reader, participant, reason, kind string) int64 {
	return number(reader, reader+"\x00"+participant+"\x00"+reason+"\x00"+kind)
}

func caseTerm(reader, id string) int64 { return number(reader, reader+"\x00zaak\x00"+id) }

func number(reader, whole string) int64 {
	near, exact := sha256.Sum256([]byte(reader)), sha256.Sum256([]byte(whole))
	copy(exact[2:8], exact[:6])
	copy(exact[:2], near[:2])
	return int64(binary.BigEndian.Uint64(exact[:8]))
}
