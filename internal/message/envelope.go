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

// ConvenantRef names one version of a convenant.
type ConvenantRef struct {
	ID      string `json:"id"` // [a-z0-9-]{1,64}
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

// withoutNil gives the envelope with empty lists where there were none: WIRE knows empty lists, not null ones. The caller's own
// envelope is not changed.
func (e Envelope) withoutNil() Envelope {
	recipients := make([]Recipient, len(e.Recipients))
	for i, r := range e.Recipients {
		r.Participants = append([]Addressee{}, r.Participants...)
		recipients[i] = r
	}
	e.Recipients = recipients
	e.Subjects = append([]string{}, e.Subjects...)
	e.Categories = append([]vocabulary.Category{}, e.Categories...)
	if e.Statements == nil {
		e.Statements = map[vocabulary.Statement]bool{}
	}
	return e
}
