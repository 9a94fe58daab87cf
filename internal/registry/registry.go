// Package registry holds what is in force now at a gateway: the address book, the convenants with their signatures, and the
// Wpg decisions. Everything else at the gateway reads a [Snapshot] of it.
//
// It promises that a snapshot never changes, that nothing enters that was not verified against the trust anchors, that what
// entered is kept and in the trail before anybody sees it, and that loading is all or nothing. It must not decide on messages.
package registry

import (
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Snapshot is everything in force at one moment of reading. It is immutable.
type Snapshot struct {
	Generation uint64 // goes up with every change
	Book       *party.Book
	convenants map[string]map[int]convenant.Standing
	wpg        map[wpgKey]convenant.WpgDecision
}

type wpgKey struct {
	party  party.OIN
	number string
}

// Convenant gives one version with its signatures.
func (s *Snapshot) Convenant(id string, version int) (convenant.Standing, bool) {
	st, ok := s.convenants[id][version]
	return st, ok
}

// WpgDecision gives the decision that a police party registered under a number.
func (s *Snapshot) WpgDecision(of party.OIN, number string) (convenant.WpgDecision, bool) {
	d, ok := s.wpg[wpgKey{of, number}]
	return d, ok
}
