// Package party holds who takes part: parties and their participants, each with a signed card, and the address book that is
// made of the cards. The cards are where keys come from, so everything about trust in a key is decided here.
//
// It promises: a card that left [Anchors.VerifyParty] or [VerifyParticipant] was signed by who it says, under a trust anchor
// that the caller configured, in the form of WIRE with nothing unknown in it; and a [Book] only ever goes up in versions.
// It must not fetch anything and must not know where a card came from: a gateway is as untrusted as anybody.
package party

import (
	"crypto/ecdsa"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Card is a party's own card (`partijkaart`), signed with the key of its certificate.
type Card struct {
	OIN         OIN                    `json:"oin"`
	Name        string                 `json:"naam"`
	Role        vocabulary.Role        `json:"rol"`
	SchoolType  *vocabulary.SchoolType `json:"soortOnderwijs"`
	Version     int                    `json:"versie"`
	Valid       Validity               `json:"geldig"`
	Successor   *OIN                   `json:"opvolger"`
	Admins      []Admin                `json:"beheerders"`
	CallbackURL *string                `json:"meldpunt"`
}

// Admin is a beheerder: who may sign participant cards of the party. ID is a label for people, never a kid.
type Admin struct {
	ID  string           `json:"id"`
	Key *ecdsa.PublicKey `json:"-"` // `jwk` on the wire: see MarshalJSON
}

// Participant is the card of one person or piece of software of a party (`deelnemerkaart`), signed by a beheerder.
type Participant struct {
	OIN         OIN
	ID          string
	Version     int
	Name        string
	Functions   []vocabulary.Function
	Phone       *string
	Email       *string
	Key         *ecdsa.PublicKey // jwk: signs envelopes, confirmations, tokens
	Age         []string         // age recipients; at most one of each type
	OIDC        *OIDCSubject
	Valid       Validity
	ReplacesTo  *string // vervangtTot: until when keys of the previous version still count, RFC 3339
	AbsentUntil *string // afwezigTot: YYYY-MM-DD
	Substitute  *string // vervanger: id of a participant of the same party
}

// OIDCSubject names a login at an OIDC provider (for a later version; kept, not used).
type OIDCSubject struct {
	Issuer  string `json:"iss"`
	Subject string `json:"sub"`
}

// VerifiedCard is a party card whose signature and chain were checked.
type VerifiedCard struct {
	card    Card
	compact string
	digest  digest.SHA256 // over the ASCII compact JWS
	spki    digest.SHA256 // kaartsleutel: of the leaf's SubjectPublicKeyInfo
}

// Card gives the content; its slices must not be changed.
func (v VerifiedCard) Card() Card { return v.card }

// Compact gives the JWS as signed.
func (v VerifiedCard) Compact() string { return v.compact }

// Digest is what the log of cards holds.
func (v VerifiedCard) Digest() digest.SHA256 { return v.digest }

// CardKey is the SHA-256 of the SubjectPublicKeyInfo that signed: what a convenant pins as `kaartsleutel`.
func (v VerifiedCard) CardKey() digest.SHA256 { return v.spki }

// VerifiedParticipant is a participant card signed by a beheerder of its party.
type VerifiedParticipant struct {
	participant Participant
	compact     string
	digest      digest.SHA256
	kid         string // of the participant's own key
	signer      string // kid of the beheerder who signed
}

// Participant gives the content; its slices must not be changed.
func (v VerifiedParticipant) Participant() Participant { return v.participant }

// Compact gives the JWS as signed.
func (v VerifiedParticipant) Compact() string { return v.compact }

// Digest is what the log of cards holds.
func (v VerifiedParticipant) Digest() digest.SHA256 { return v.digest }

// Kid is the thumbprint of the participant's key: what its envelopes, confirmations and tokens name.
func (v VerifiedParticipant) Kid() string { return v.kid }

// Signer is the thumbprint of the beheerder who signed the card.
func (v VerifiedParticipant) Signer() string { return v.signer }
