package message

import (
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

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

// Confirmation is signed by an addressed participant (`bevestiging+jws`).
type Confirmation struct {
	Message     string                `json:"bericht"`        // id of the message
	Envelope    digest.SHA256         `json:"envelop"`        // over the decoded payload of the envelope's JWS
	Kind        ConfirmationKind      `json:"soort"`          //
	Conform     bool                  `json:"conform"`        // the payload held only what the envelope declared
	NotDeclared []vocabulary.Category `json:"nietAangegeven"` // what it held besides; the categories, never the contents
	Subjects    []string              `json:"betrokkenen"`    // tags under the recipient's own search key
	Advice      *Advice               `json:"advies"`         // only with teruggegeven
	Time        Time                  `json:"tijd"`
}

// Advice names who should have had a message that is handed back.
type Advice struct {
	Party    party.OIN           `json:"partij"`
	Function vocabulary.Function `json:"functie"`
}

// withoutNil gives the confirmation with empty lists where there were none.
func (c Confirmation) withoutNil() Confirmation {
	c.NotDeclared = append([]vocabulary.Category{}, c.NotDeclared...)
	c.Subjects = append([]string{}, c.Subjects...)
	return c
}
