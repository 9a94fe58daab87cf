// Package tlog is the form of the trail: a record, its leaf in a Merkle tree (RFC 6962), the signed checkpoint (C2SP
// tlog-checkpoint) and the proof that travels with a receipt (C2SP tlog-proof). Other people's tools can verify all of it.
//
// It promises that the bytes that are hashed are the RFC 8785 form of what is returned, no key dropped or added. It must not
// store or order anything; that is audit's.
package tlog

import "encoding/json"

// Record is one auditregel (WIRE, "Trail"). Every key is present; nil is null, except for lists: a nil list is written as an
// empty one. Here and in what it holds the fields stand in the order of their keys, so that nothing of a record needs sorting but
// its facts.
type Record struct {
	Sender     *Actor          `json:"afzender"` // who did it: of a besluit the sender, of an opgehaald the one who fetched
	Policy     *string         `json:"beleid"`   // digest of all that decided
	Message    *string         `json:"bericht"`
	Decision   *string         `json:"besluit"` // toegestaan | geweigerd
	Subjects   []string        `json:"betrokkenen"`
	Convenant  *ConvenantRef   `json:"convenant"`
	Purpose    *string         `json:"doel"`
	Phase      *int            `json:"fase"`
	Facts      json.RawMessage `json:"feiten"` // the whole policy input
	Categories []string        `json:"gegevens"`
	Basis      *string         `json:"grondslag"`
	JWS        *string         `json:"jws"` // the signed object that caused it; cards and convenants as digest
	Payload    *PayloadRef     `json:"lading"`
	Nr         int64           `json:"nr"` // zero-based leaf index, given by the sequencer
	Recipients []Target        `json:"ontvangers"`
	Reasons    []string        `json:"redenen"` // codes
	Kind       RecordKind      `json:"soort"`
	SpanID     string          `json:"spanId"`  // 16 hex
	Time       string          `json:"tijd"`    // RFC 3339, UTC, milliseconds; given by the sequencer
	TraceID    string          `json:"traceId"` // 32 hex
	Case       *string         `json:"zaak"`
	Salt       string          `json:"zout"` // base64url of 32 random bytes; given by the sequencer
}

// RecordKind is `soort` of an auditregel.
type RecordKind string

// The kinds of record that exist so far (WIRE, "Trail").
const (
	Decided    RecordKind = "besluit"
	Offered    RecordKind = "aangeboden"
	CoSigned   RecordKind = "medeondertekend" // jws is the second signature; its envelope is that of the besluit beside it
	Fetched    RecordKind = "opgehaald"
	Received   RecordKind = "ontvangen"
	Unreadable RecordKind = "onleesbaar"
	TakenOver  RecordKind = "overgenomen"
	HandedBack RecordKind = "teruggegeven"
	Closed     RecordKind = "afgesloten"
	Erased     RecordKind = "gewist"
	Lapsed     RecordKind = "verlopen"
	CardKept   RecordKind = "kaart"
	Convenant  RecordKind = "convenant"
	Wpg        RecordKind = "wpg-besluit"
	Review     RecordKind = "beoordeling" // opened, when jws is null; else a privacy officer's verdict
	Consulted  RecordKind = "raadpleging"
	PolicyKept RecordKind = "beleid"            // from here on other rules decide; jws and beleid are the digest of their bundle
	Refused    RecordKind = "toegang-geweigerd" // aggregate of 401s, one a minute
)

// Actor is a participant of a party; Participant and Function are "" for a party as such.
type Actor struct {
	Participant string `json:"deelnemer"`
	Function    string `json:"functie"`
	Party       string `json:"partij"`
}

// Target is a recipient, as in the envelope.
type Target struct {
	Participants []string `json:"deelnemers"`
	Function     string   `json:"functie"`
	Party        string   `json:"partij"`
}

// ConvenantRef names one version.
type ConvenantRef struct {
	ID      string `json:"id"`
	Version int    `json:"versie"`
}

// PayloadRef names an age file.
type PayloadRef struct {
	Digest string `json:"digest"`
}

// MaxRecord is the longest canonical record, in bytes: an entry of C2SP tlog-tiles has a length of 16 bits.
const MaxRecord = 60 << 10

// TimeLayout is the form of `tijd`, for package time: RFC 3339 in UTC with exactly three decimals, so that equal moments are
// equal texts and later moments sort after earlier ones.
const TimeLayout = "2006-01-02T15:04:05.000Z"
