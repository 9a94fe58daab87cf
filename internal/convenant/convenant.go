// Package convenant reads what parties have agreed: who may give what to whom, for which purpose, on which legal basis and
// under which conditions. It parses the YAML that a municipality writes with the line and column of every fault, gives the
// canonical form that the parties sign (RFC 8785), checks their signatures, and says whether a version is in force.
//
// It promises that a convenant that was parsed refers to nothing that the vocabulary does not know, and that equal agreements
// have equal digests. A convenant is not itself a legal basis: a flow without a grondslag is a fault. The package must not
// decide on messages; that is policy's.
package convenant

import (
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Convenant is one version of an agreement, as parsed. Its fields must not be changed.
type Convenant struct {
	ID         string // [a-z0-9-]{1,64}
	Version    int
	Title      string
	Alliance   string // samenwerkingsverband
	Interest   string // belang
	Valid      party.Validity
	Lead       party.OIN // regie
	Parties    []Member
	Purposes   map[vocabulary.Purpose]string
	Flows      []Flow
	PerParty   bool   // inwerking: per-partij; else all must sign
	X25519     bool   // x25519: toegestaan
	Retention  string // bewaartermijnAudit, ISO 8601 duration
	LogReasons []string
	Rules      string // regels: a Rego module that can only refuse; "" when there is none. policy compiles it.

	canonical []byte
	digest    digest.SHA256
	rulesAt   position
	index     map[flowKey][]Flow
}

// Canonical gives the RFC 8785 JSON that is signed.
func (c *Convenant) Canonical() []byte { return c.canonical }

// Digest is the SHA-256 of the canonical form.
func (c *Convenant) Digest() digest.SHA256 { return c.digest }

// Member is a party in a convenant, with the keys that may sign its cards.
type Member struct {
	OIN      party.OIN       `json:"oin"`
	Role     vocabulary.Role `json:"rol"`
	CardKeys []digest.SHA256 `json:"kaartsleutels"` // YAML: kaartsleutel is one text or a list
}

// Flow is one stroom.
type Flow struct {
	ID           string                `json:"id"`
	Article      string                `json:"artikel"`
	Kind         vocabulary.Kind       `json:"soort"`
	From         Side                  `json:"van"`
	To           Side                  `json:"naar"`
	Purposes     []vocabulary.Purpose  `json:"doelen"`
	Bases        []vocabulary.Basis    `json:"grondslagen"`
	Categories   []vocabulary.Category `json:"gegevens"`
	Conditions   []Condition           `json:"voorwaarden"`
	ReactionTerm string                `json:"reactietermijn"`    // as term.Parse reads it; "" when there is none
	TransitTerm  string                `json:"doorvoertermijn"`   // how long ciphertext may wait; default PT72H
	MaxPeople    int                   `json:"maximumDeelnemers"` // for each recipient; default 3
}

// Side is one end of a flow.
type Side struct {
	Role        vocabulary.Role         `json:"rol"`
	SchoolTypes []vocabulary.SchoolType `json:"soortOnderwijs,omitempty"` // empty: all
	Functions   []vocabulary.Function   `json:"functies"`
}

// Condition is a voorwaarde with its parameters: YAML `fase-minimaal: 2` is {Code: "fase-minimaal", Parameters: 2 (JSON)}.
type Condition struct {
	Code      vocabulary.Condition `json:"code"`
	Parameter any                  `json:"waarde,omitempty"` // float64, string, []any, map[string]any as of encoding/json; nil when none
}
