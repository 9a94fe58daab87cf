package policy

import "github.com/sluis-gateway/sluis/internal/vocabulary"

// Decision is the answer for one recipient.
type Decision struct {
	Allow             bool
	Reasons           []Reason              // why not; empty when allowed, never empty when refused
	AllowedCategories []vocabulary.Category // that this sender may give this recipient for this purpose (sorted)
	Obligations       []Obligation
	Articles          []string // of the convenant, of the flow that allows or comes nearest
	Flow              string   // id of the flow that allows; "" when refused
	X25519            bool     // the convenant allows X25519 age keys (filled in from Facts by the caller's convenant; may stay false)
	Policy            string   // digest of all that decided: rules, vocabulary, convenant
}

// Reason is why a message was refused, in words for people.
type Reason struct {
	Code    vocabulary.Reason `json:"code"`
	Text    string            `json:"tekst"`   // Dutch, B1
	Article string            `json:"artikel"` // of the convenant or law; "" when there is none
	Advice  string            `json:"advies"`  // what would be allowed, who to turn to; "" when there is none
}

// Obligation is what comes with a permission: reactietermijn and doorvoertermijn of the flow, and beoordeling when a sealed
// motivation came along: the privacy officers of all parties involved read it within the term.
type Obligation struct {
	Code  string `json:"code"`
	Value string `json:"waarde"` // a term: an ISO 8601 duration, or `5 werkdagen`
}
