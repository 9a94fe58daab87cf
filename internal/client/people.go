package client

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// inFunction gives the people of a party who stand on their card in a function at t, sorted by id. Who is absent is left out
// when a substitute is named: the substitute must stand in the function too.
func (p partyCards) inFunction(f vocabulary.Function, t time.Time) []party.VerifiedParticipant {
	var people []party.VerifiedParticipant
	for _, v := range p.participants {
		who := v.Participant()
		if who.Valid.Contains(t) && has(who.Functions, f) && !absent(who, t) {
			people = append(people, v)
		}
	}
	return people
}

func (p partyCards) byID(id string) (party.VerifiedParticipant, bool) {
	for _, v := range p.participants {
		if v.Participant().ID == id {
			return v, true
		}
	}
	return party.VerifiedParticipant{}, false
}

// absent reports whether a card says that its owner is away on the day of t and names who replaces them.
func absent(p party.Participant, t time.Time) bool {
	return p.Substitute != nil && p.AbsentUntil != nil && party.Validity{From: p.Valid.From, Until: *p.AbsentUntil}.Contains(t)
}

func has[T comparable](list []T, want T) bool {
	for _, v := range list {
		if v == want {
			return true
		}
	}
	return false
}
