package convenant

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// ReplacedBy gives the newest version that took the place of this one between the given parties, or 0. With one party: between that party
// and everybody else; without any: between all.
//
// A version takes the place of the older ones at the first moment that it is in force, and for good: what parties agreed to give up does
// not come back because one of them withdraws from what came instead, or because that ends. Who wants the old agreement back
// writes it down as a new version and has it signed.
func (s Standing) ReplacedBy(t time.Time, parties ...party.OIN) (version int) {
	if len(s.Newer) == 0 {
		return 0
	}
	whole := !slices.ContainsFunc(s.Newer, func(n Standing) bool { return n.Convenant.PerParty })
	if len(parties) >= 2 || whole {
		for _, n := range slices.Backward(s.Newer) {
			if n.replaces(t, parties) {
				return n.Convenant.Version
			}
		}
		return 0
	}
	for _, m := range s.Convenant.Parties {
		var by int
		switch {
		case len(parties) == 0:
			by = s.ReplacedBy(t, m.OIN)
		case m.OIN == parties[0]:
			continue
		default:
			by = s.ReplacedBy(t, parties[0], m.OIN)
		}
		if by == 0 {
			return 0
		}
		version = max(version, by)
	}
	return version
}

// replaces reports whether this version took the place of older ones between two parties. One that it does not name has no part in the
// convenant any more from the moment that the other works by this version; were it otherwise, nobody could ever leave one
// that is in force per party.
func (s Standing) replaces(t time.Time, parties []party.OIN) bool {
	if !s.Convenant.PerParty {
		return s.had(t)
	}
	var named []party.OIN
	for _, oin := range parties {
		if _, ok := s.member(oin); ok {
			named = append(named, oin)
		}
	}
	switch {
	case len(named) == len(parties):
		return s.had(t, named...)
	case len(named) > 0:
		return s.hadAny(t, named...)
	}
	return slices.ContainsFunc(s.Convenant.Parties, func(m Member) bool { return s.hadAny(t, m.OIN) })
}

// hadAny reports whether the version has been in force between these parties and some other one.
func (s Standing) hadAny(t time.Time, parties ...party.OIN) bool {
	return slices.ContainsFunc(s.Convenant.Parties, func(m Member) bool {
		return !slices.Contains(parties, m.OIN) && s.had(t, append(slices.Clone(parties), m.OIN)...)
	})
}

// had reports whether the version is or has been in force at t. A moment at which a signature came in has been, also when the clock was set
// back since.
func (s Standing) had(t time.Time, parties ...party.OIN) bool {
	first, ok := s.since(parties)
	return ok && !first.After(later(t, s.course().latest)) || s.signed(t, parties)
}
