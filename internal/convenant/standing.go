package convenant

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// Standing is a convenant version with the signatures that came in for it, in order of arrival, from which "in force" follows.
type Standing struct {
	Convenant  *Convenant
	Signatures []Signature
}

// InForce reports whether the version is in force at t: the day lies in geldig and all members have signed akkoord (with a
// pinned key, over this digest, not rejected or withdrawn since). Where the convenant says `inwerking: per-partij`, the given
// parties must have signed; without any party nothing is in force.
func (s Standing) InForce(t time.Time, parties ...party.OIN) bool {
	if s.Convenant == nil || !s.Convenant.Valid.Contains(t) {
		return false
	}
	if !s.Convenant.PerParty {
		parties = nil
		for _, m := range s.Convenant.Parties {
			parties = append(parties, m.OIN)
		}
	}
	for _, oin := range parties {
		if !s.Agreed(oin, t) {
			return false
		}
	}
	return len(parties) > 0
}

// Agreed reports whether the last word of a party is akkoord. A yes counts from the time that was signed; a no counts from its
// arrival, whatever clock wrote it.
func (s Standing) Agreed(oin party.OIN, t time.Time) bool {
	if s.Convenant == nil {
		return false
	}
	member, ok := s.Convenant.member(oin)
	if !ok {
		return false
	}
	agreed := false
	for _, sig := range s.Signatures {
		if sig.Party != oin || !s.counts(sig) || !member.Pins(sig.CardKey) {
			continue
		}
		agreed = sig.Verdict == Agreed && !sig.Time.After(t)
	}
	return agreed
}

// counts reports whether a signature is over exactly this version.
func (s Standing) counts(sig Signature) bool {
	return sig.Convenant == s.Convenant.ID && sig.Version == s.Convenant.Version && sig.Digest == s.Convenant.digest
}
