package convenant

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// Status is where a version is in its life: `status` in the API, and `besluit` of the records about what changes.
type Status string

// The life of a version.
const (
	StatusDraft     Status = "concept"     // not everybody has signed
	StatusRejected  Status = "afgewezen"   // somebody said no before it was in force
	StatusSigned    Status = "ondertekend" // by everybody; its first day has not come
	StatusInForce   Status = "van-kracht"
	StatusReplaced  Status = "vervangen"   // a newer version took its place, for good
	StatusWithdrawn Status = "ingetrokken" // somebody who had to take part does not any more
	StatusLapsed    Status = "vervallen"   // its last day is over
)

// Status tells where the version is at t, and the newer version when it was replaced. Given one party: for that party; without any: for
// whoever takes part. The words of a party weigh as they do in [Standing.InForce].
func (s Standing) Status(t time.Time, parties ...party.OIN) (status Status, by int) {
	if s.works(t, parties) {
		return StatusInForce, 0
	}
	if by := s.ReplacedBy(t, parties...); by != 0 {
		return StatusReplaced, by
	}
	if _, until, ok := termOf(s.Convenant.Valid); !ok || !t.Before(until) {
		return StatusLapsed, 0
	}
	needed := parties
	if !s.Convenant.PerParty || len(parties) == 0 {
		needed = s.members()
	}
	yes, no := 0, map[Verdict]int{}
	for _, oin := range needed {
		switch last, ok := s.Said(oin); {
		case ok && last.Verdict == Agreed:
			yes++
		case ok:
			no[last.Verdict]++
		}
	}
	refusals := no[Withdrawn] + no[Rejected]
	enough, stopped := len(needed), refusals > 0
	if s.Convenant.PerParty && len(parties) == 0 { // two are enough, and it goes on while two are left
		enough, stopped = 2, len(needed)-refusals < 2
	}
	switch {
	case yes >= enough && enough > 0:
		return StatusSigned, 0
	case stopped && (no[Withdrawn] > 0 || !s.Convenant.PerParty && s.had(t)):
		return StatusWithdrawn, 0
	case stopped:
		return StatusRejected, 0
	}
	return StatusDraft, 0
}

// works reports whether the version is in force between the given parties, of which one stands for that party and some other, and none for
// any two.
func (s Standing) works(t time.Time, parties []party.OIN) bool {
	switch len(parties) {
	case 0:
		return len(s.Parties(t)) > 0
	case 1:
		return slices.Contains(s.Parties(t), parties[0])
	}
	return s.InForce(t, parties...)
}

// Parties gives the members for which the version is in force at t with at least one other member, in the order of the convenant.
func (s Standing) Parties(t time.Time) []party.OIN {
	candidates := s.members()
	if s.Convenant.PerParty {
		candidates = slices.DeleteFunc(candidates, func(oin party.OIN) bool { return !s.signed(t, []party.OIN{oin}) })
	} else if !s.signed(t, nil) {
		return nil
	}
	var parties []party.OIN
	for _, oin := range candidates {
		if slices.ContainsFunc(candidates, func(other party.OIN) bool { return other != oin && s.ReplacedBy(t, oin, other) == 0 }) {
			parties = append(parties, oin)
		}
	}
	return parties
}

func (s Standing) members() []party.OIN {
	all := make([]party.OIN, len(s.Convenant.Parties))
	for i, m := range s.Convenant.Parties {
		all[i] = m.OIN
	}
	return all
}
