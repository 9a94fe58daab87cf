// Package auth says who is calling: the client certificate gives the party, the token the participant, and both must be the
// same party (WIRE, "Who is calling").
//
// It promises that a [Caller] exists only for a token that was verified in full, that a token without certificate binding is
// accepted once and no more, across restarts, and that every fault of a token gives the same kind of answer: 401. It must not
// decide what a caller may do.
package auth

import (
	"github.com/sluis-gateway/sluis/internal/party"
)

// Caller is who is calling, established.
type Caller struct {
	Party       party.VerifiedCard
	Participant party.VerifiedParticipant
	Kid         string // of the participant's key
}

// OIN of the caller's party.
func (c Caller) OIN() party.OIN { return c.Party.Card().OIN }

// ID of the caller's participant.
func (c Caller) ID() string { return c.Participant.Participant().ID }
