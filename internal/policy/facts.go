// Package policy decides whether a message may pass: facts in, decision out. The rules are Rego (policies/*.rego), evaluated
// by OPA as a library, prepared once.
//
// It promises: a decision is made by exactly one set of rules, whose digest it carries; what the gateway established and what
// the sender only stated stay apart in the input; nothing is allowed that no flow of the convenant allows; an error, a panic or
// an undefined answer of the engine is an error, never a yes. It must not look anything up: all that decides is in [Facts].
package policy

import (
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Facts is the whole input of one decision: one sender, one recipient, one message. Its JSON is kept in the record (`feiten`),
// so that the decision can be made again.
type Facts struct {
	Established Established `json:"vastgesteld"` // what the gateway itself verified
	Stated      Stated      `json:"gesteld"`     // what the sender signed
}

// Established is what the gateway verified at this moment.
type Established struct {
	Time      string         `json:"tijd"`        // RFC 3339 UTC
	Office    bool           `json:"kantooruren"` // that is in office hours ([term.InOfficeHours])
	Convenant ConvenantFacts `json:"convenant"`
	Sender    PersonFacts    `json:"afzender"`
	Recipient RecipientFacts `json:"ontvanger"`
	InReplyTo *ReplyFacts    `json:"antwoordOp"` // null: the message answers nothing
	Case      CaseFacts      `json:"zaak"`
	Wpg       *WpgFacts      `json:"wpgBesluit"`  // null: the envelope names none
	Subjects  int            `json:"betrokkenen"` // number of tags
	Motivated bool           `json:"motivering"`  // a sealed motivation came along
	// CoSigned is the second signature that came along, verified; null when there is none.
	CoSigned *CoSignerFacts `json:"medeondertekening"`
	// Sent counts what the sending participant had accepted before, once for each period that a `maximum` of the flows names.
	Sent []CountFacts `json:"verstuurd"`
}

// ConvenantFacts is what is known of the convenant that the message names, and its flows for this kind, sender's role and
// recipient's role.
type ConvenantFacts struct {
	ID      string `json:"id"`
	Version int    `json:"versie"`
	Known   bool   `json:"bekend"`
	InForce bool   `json:"vanKracht"`
	// ReplacedBy is the newer version that took the place of this one between these two parties; null when none did. It explains: InForce
	// is false then.
	ReplacedBy *int                 `json:"vervangenDoor"`
	Digest     string               `json:"digest"`
	Alliance   string               `json:"samenwerkingsverband"`
	Rules      bool                 `json:"regels"` // it brings rules of its own: see [Engine.Prepare]
	Purposes   []vocabulary.Purpose `json:"doelen"`
	Flows      []convenant.Flow     `json:"stromen"`
}

// PersonFacts is the sender as the cards say.
type PersonFacts struct {
	Party       party.OIN              `json:"partij"`
	Role        vocabulary.Role        `json:"rol"`
	SchoolType  *vocabulary.SchoolType `json:"soortOnderwijs"`
	Member      bool                   `json:"inConvenant"`
	Pinned      bool                   `json:"gepind"`      // the party's card was signed with a key that the convenant pins
	CardValid   bool                   `json:"kaartGeldig"` // of the party and of the participant
	Signed      bool                   `json:"ondertekend"` // the party's last word on the convenant is akkoord: explains, decides nothing
	Participant string                 `json:"deelnemer"`
	Function    vocabulary.Function    `json:"functie"`
	OnCard      bool                   `json:"opKaart"` // the participant's card names that function
}

// RecipientFacts is one recipient as the cards say.
type RecipientFacts struct {
	Party      party.OIN              `json:"partij"`
	Role       vocabulary.Role        `json:"rol"`
	SchoolType *vocabulary.SchoolType `json:"soortOnderwijs"`
	Member     bool                   `json:"inConvenant"`
	Pinned     bool                   `json:"gepind"`
	CardValid  bool                   `json:"kaartGeldig"` // of the party
	Signed     bool                   `json:"ondertekend"` // as of the sender
	Function   vocabulary.Function    `json:"functie"`
	People     []AddresseeFacts       `json:"deelnemers"` // empty only when asking first
}

// AddresseeFacts is one addressed person.
type AddresseeFacts struct {
	ID        string `json:"id"`
	OnCard    bool   `json:"opKaart"`
	CardValid bool   `json:"kaartGeldig"`
}

// ReplyFacts is the message that is answered: known only when the sender's party received it, from this recipient, in this case.
type ReplyFacts struct {
	Known bool            `json:"bekend"`
	Kind  vocabulary.Kind `json:"soort"` // "" when not known
	// Convenant is the id of the convenant that it was sent under; "" when not known.
	Convenant string `json:"convenant"`
}

// CaseFacts is how the sender's party stands to the case.
type CaseFacts struct {
	ID     string `json:"id"`
	New    bool   `json:"nieuw"`     // no message in it yet
	Member bool   `json:"betrokken"` // the sender's party sent or received in it before
	// Checked: in this case one of sender and recipient answered a check-op-bekendheid of the other.
	Checked bool `json:"checkBeantwoord"`
	// Sent are the kinds of messages that the sender's party sent to the recipient in this case; looked up only for a kind that
	// corrects, else empty.
	Sent []vocabulary.Kind `json:"gestuurd"`
	// SentCategories are the categories that those of them held that are about a person and correct nothing themselves.
	SentCategories []vocabulary.Category `json:"gestuurdeGegevens"`
}

// WpgFacts is the registered Wpg decision that the envelope names.
type WpgFacts struct {
	Number     string                `json:"nummer"`
	Known      bool                  `json:"bekend"` // registered by the sender's party
	Valid      bool                  `json:"geldig"` // today
	Basis      vocabulary.Basis      `json:"grondslag"`
	Alliance   string                `json:"samenwerkingsverband"`
	Case       *string               `json:"zaak"`
	Purposes   []vocabulary.Purpose  `json:"doelen"`
	Categories []vocabulary.Category `json:"gegevens"`
	Recipients []party.OIN           `json:"ontvangers"`
	Convenant  *string               `json:"convenant"` // the only convenant that it is for; null: any of its alliance
}

// CoSignerFacts is who signed with the sender, as the cards of the sender's party say: the signature was verified with the key on that
// participant's card, over this very envelope.
type CoSignerFacts struct {
	Participant string `json:"deelnemer"`
	Other       bool   `json:"ander"`       // another person than the sender
	CardValid   bool   `json:"kaartGeldig"` // of the party and of the participant
}

// CountFacts is how many messages of this kind the sending participant had accepted in a period that ends now, to whomever and under
// whichever convenant.
type CountFacts struct {
	Per   string `json:"per"` // as the flow writes it, ISO 8601
	Count int    `json:"aantal"`
}

// Stated is what the sender signed and the gateway cannot check.
type Stated struct {
	Kind       vocabulary.Kind               `json:"soort"`
	Purpose    vocabulary.Purpose            `json:"doel"`
	Basis      vocabulary.Basis              `json:"grondslag"`
	Categories []vocabulary.Category         `json:"gegevens"`
	Phase      *int                          `json:"fase"`
	Urgency    vocabulary.Urgency            `json:"urgentie"`
	Questions  *int                          `json:"aantalVragen"`
	Theme      *vocabulary.Theme             `json:"thema"`
	AgeGroup   *vocabulary.AgeGroup          `json:"leeftijdsgroep"`
	Statements map[vocabulary.Statement]bool `json:"verklaringen"`
}
