// Package message is what travels: the envelope that a sender signs, the confirmation that a recipient signs, and the payload
// that only the two of them can read.
//
// Three types follow one another: bytes, a parsed envelope whose form is right, a [VerifiedEnvelope] whose signature was
// checked. Parsing finds every fault of an envelope in one pass. Times and bytes of signed objects are never rewritten.
// The package must not decide whether a message is allowed, nor know where keys come from.
package message

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Envelope is the signed part of a message that the gateway reads (WIRE, "Envelope"). Every key is present on the wire; a nil
// pointer is null.
type Envelope struct {
	ID          string                        `json:"id"` // UUIDv7
	Kind        vocabulary.Kind               `json:"soort"`
	Time        Time                          `json:"tijd"`
	Case        string                        `json:"zaak"` // UUIDv7; new with the first message of a case
	InReplyTo   *string                       `json:"antwoordOp"`
	Convenant   ConvenantRef                  `json:"convenant"`
	Purpose     vocabulary.Purpose            `json:"doel"`
	Basis       vocabulary.Basis              `json:"grondslag"`
	Sender      Sender                        `json:"afzender"`
	Recipients  []Recipient                   `json:"ontvangers"`
	Subjects    []string                      `json:"betrokkenen"` // tags, base64url of 32 bytes
	Categories  []vocabulary.Category         `json:"gegevens"`
	Phase       *int                          `json:"fase"` // 1, 2, 3
	Urgency     vocabulary.Urgency            `json:"urgentie"`
	Statements  map[vocabulary.Statement]bool `json:"verklaringen"`
	WpgDecision *string                       `json:"wpgBesluit"` // its nummer
	Questions   *int                          `json:"aantalVragen"`
	Payload     Content                       `json:"lading"`
	Motivation  *Content                      `json:"motivering"`
	Theme       *vocabulary.Theme             `json:"thema"`
	AgeGroup    *vocabulary.AgeGroup          `json:"leeftijdsgroep"`
}

// Time is a moment as it was written: RFC 3339 with any offset. Text is what was signed.
type Time struct {
	time.Time
	Text string
}

// ConvenantRef names one version of a convenant.
type ConvenantRef struct {
	ID      string `json:"id"`
	Version int    `json:"versie"`
}

// Sender is who signs: a participant of a party in one function.
type Sender struct {
	Party       party.OIN           `json:"partij"`
	Participant string              `json:"deelnemer"`
	Function    vocabulary.Function `json:"functie"`
}

// Recipient is a party in one function, and the people there for whose keys the payload was encrypted.
type Recipient struct {
	Party        party.OIN           `json:"partij"`
	Function     vocabulary.Function `json:"functie"`
	Participants []Addressee         `json:"deelnemers"`
}

// Addressee is one person and the version of the card whose age key was used.
type Addressee struct {
	ID   string `json:"id"`
	Card int    `json:"kaart"`
}

// Content describes an age file without holding it: digest and length in bytes of the file.
type Content struct {
	Digest digest.SHA256 `json:"digest"`
	Length int64         `json:"lengte"`
}

// Limits of WIRE and BUILD, in bytes.
const (
	MaxPayload    = 36 << 20
	MaxMotivation = 64 << 10
	ClockSkew     = 5 * time.Minute // how far an envelope's time may be from the gateway's clock
)

// VerifiedEnvelope is an envelope whose signature was checked with the key named by its kid. Whose key that is, and whether
// it is the caller's, is for the one who verified it to say.
type VerifiedEnvelope struct {
	envelope Envelope
	compact  string
	payload  []byte
	kid      string
}

// Envelope gives the content; slices and maps in it must not be changed.
func (v VerifiedEnvelope) Envelope() Envelope { return v.envelope }

// Compact gives the JWS as signed.
func (v VerifiedEnvelope) Compact() string { return v.compact }

// Digest is over the decoded JWS payload: what confirmations name and repeated sends are compared by.
func (v VerifiedEnvelope) Digest() digest.SHA256 { return digest.Of(v.payload) }

// Kid is the thumbprint of the key that signed.
func (v VerifiedEnvelope) Kid() string { return v.kid }

// ConfirmationKind is what a recipient says of a message (`soort` of a bevestiging), and also a status.
type ConfirmationKind string

// The kinds of confirmation (WIRE, "Messages").
const (
	Received   ConfirmationKind = "ontvangen"
	Unreadable ConfirmationKind = "onleesbaar"
	TakenOver  ConfirmationKind = "overgenomen"
	HandedBack ConfirmationKind = "teruggegeven"
	Closed     ConfirmationKind = "afgesloten"
)

// Status is where a message is for one recipient: aangeboden, then the confirmations, or verlopen.
type Status string

// Statuses that no confirmation gives.
const (
	Offered Status = "aangeboden"
	Lapsed  Status = "verlopen"
)

// Confirmation is signed by an addressed participant (`bevestiging+jws`).
type Confirmation struct {
	Message     string                `json:"bericht"`
	Envelope    digest.SHA256         `json:"envelop"`
	Kind        ConfirmationKind      `json:"soort"`
	Conform     bool                  `json:"conform"`
	NotDeclared []vocabulary.Category `json:"nietAangegeven"`
	Subjects    []string              `json:"betrokkenen"`
	Advice      *Advice               `json:"advies"`
	Time        Time                  `json:"tijd"`
}

// Advice names who should have had a message that is handed back.
type Advice struct {
	Party    party.OIN           `json:"partij"`
	Function vocabulary.Function `json:"functie"`
}

// VerifiedConfirmation is a confirmation whose signature was checked with the key named by its kid.
type VerifiedConfirmation struct {
	confirmation Confirmation
	compact      string
	kid          string
}

// Confirmation gives the content.
func (v VerifiedConfirmation) Confirmation() Confirmation { return v.confirmation }

// Compact gives the JWS as signed.
func (v VerifiedConfirmation) Compact() string { return v.compact }

// Kid is the thumbprint of the key that signed.
func (v VerifiedConfirmation) Kid() string { return v.kid }
