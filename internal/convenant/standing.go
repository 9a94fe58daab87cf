package convenant

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// Standing is a convenant version with the signatures that came in for it, in order of arrival, from which "in force" follows.
type Standing struct {
	Convenant  *Convenant
	Signatures []Signature
	// Newer are the later versions of the same convenant, oldest first: one that was in force took the place of this one. [Line]
	// fills it in; alone, a version is judged as if there were no other.
	Newer []Standing

	known *course // made once by [Line]; of exactly these signatures
}

// Line puts the versions of one convenant in order and lets each know the newer ones.
func Line(versions []Standing) []Standing {
	line := slices.Clone(versions)
	slices.SortFunc(line, func(a, b Standing) int { return a.Convenant.Version - b.Convenant.Version })
	for i := len(line) - 1; i >= 0; i-- { // from the newest back: each that is handed on is complete
		line[i].known = line[i].newCourse()
		line[i].Newer = line[i+1:]
	}
	return line
}

// InForce reports whether the version is in force at t: the day lies in geldig, all members have signed akkoord (with a pinned
// key, over this digest, not rejected or withdrawn since), and no newer version took its place. Where the convenant says
// `inwerking: per-partij`, the given parties must have signed; without any party nothing is in force.
func (s Standing) InForce(t time.Time, parties ...party.OIN) bool {
	return s.signed(t, parties) && s.ReplacedBy(t, parties...) == 0
}

// signed is InForce for who does not look at newer versions.
func (s Standing) signed(t time.Time, parties []party.OIN) bool {
	if s.Convenant == nil || !s.Convenant.Valid.Contains(t) {
		return false
	}
	if s.Convenant.PerParty {
		for _, oin := range parties {
			if !s.Agreed(oin, t) {
				return false
			}
		}
		return len(parties) > 0
	}
	for _, m := range s.Convenant.Parties {
		if !s.Agreed(m.OIN, t) {
			return false
		}
	}
	return true
}

// Agreed reports whether the last word of a party is akkoord. A yes counts from the time that was signed; a no counts from its
// arrival, whatever clock wrote it. Saying yes once more takes nothing away.
func (s Standing) Agreed(oin party.OIN, t time.Time) bool {
	agreed := false
	s.words(oin, func(sig Signature) {
		agreed = sig.Verdict == Agreed && (agreed || !sig.Time.After(t))
	})
	return agreed
}

// Said gives the last word of a party that counts; ok is false when it said nothing yet.
func (s Standing) Said(oin party.OIN) (last Signature, ok bool) {
	s.words(oin, func(sig Signature) { last, ok = sig, true })
	return last, ok
}

// words goes through what a party signed that counts, in order of arrival.
func (s Standing) words(oin party.OIN, each func(Signature)) {
	signatures := s.Signatures
	if s.known != nil {
		signatures = s.known.words[oin]
	}
	for _, sig := range signatures {
		if sig.Party == oin && s.counts(sig) {
			each(sig)
		}
	}
}

// counts reports whether a signature is over exactly this version, by one of its parties with a key that it pins.
func (s Standing) counts(sig Signature) bool {
	if s.Convenant == nil || sig.Convenant != s.Convenant.ID || sig.Version != s.Convenant.Version || sig.Digest != s.Convenant.digest {
		return false
	}
	member, ok := s.member(sig.Party)
	return ok && member.Pins(sig.CardKey)
}

// member gives a party of the version; of 500, one is looked up for each pair.
func (s Standing) member(oin party.OIN) (Member, bool) {
	if s.known == nil {
		return s.Convenant.member(oin)
	}
	i, ok := s.known.members[oin]
	if !ok {
		return Member{}, false
	}
	return s.Convenant.Parties[i], true
}
