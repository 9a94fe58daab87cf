// Package tlog is the form of the trail: a record, its leaf in a Merkle tree (RFC 6962), the signed checkpoint (C2SP
// tlog-checkpoint) and the proof that travels with a receipt (C2SP tlog-proof). Other people's tools can verify all of it.
//
// It promises that the bytes that are hashed are the RFC 8785 form of what is returned, no key dropped or added. It must not
// store or order anything; that is audit's.
package tlog

import "encoding/json"

// Record is one auditregel (WIRE, "Trail"). Every key is present; nil is null, except for lists: a nil list is written as an
// empty one.
type Record struct {
	Nr         int64           `json:"nr"`   // zero-based leaf index, given by the sequencer
	Time       string          `json:"tijd"` // RFC 3339, UTC, milliseconds; given by the sequencer
	Kind       RecordKind      `json:"soort"`
	TraceID    string          `json:"traceId"` // 32 hex
	SpanID     string          `json:"spanId"`  // 16 hex
	Message    *string         `json:"bericht"`
	Case       *string         `json:"zaak"`
	Sender     *Actor          `json:"afzender"` // who did it: of a besluit the sender, of an opgehaald the one who fetched
	Recipients []Target        `json:"ontvangers"`
	Convenant  *ConvenantRef   `json:"convenant"`
	Purpose    *string         `json:"doel"`
	Basis      *string         `json:"grondslag"`
	Categories []string        `json:"gegevens"`
	Subjects   []string        `json:"betrokkenen"`
	Phase      *int            `json:"fase"`
	Decision   *string         `json:"besluit"` // toegestaan | geweigerd
	Reasons    []string        `json:"redenen"` // codes
	Facts      json.RawMessage `json:"feiten"`  // the whole policy input
	Policy     *string         `json:"beleid"`  // digest of all that decided
	Payload    *PayloadRef     `json:"lading"`
	JWS        *string         `json:"jws"`  // the signed object that caused it; cards and convenants as digest
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
	Party       string `json:"partij"`
	Participant string `json:"deelnemer"`
	Function    string `json:"functie"`
}

// Target is a recipient, as in the envelope.
type Target struct {
	Party        string   `json:"partij"`
	Function     string   `json:"functie"`
	Participants []string `json:"deelnemers"`
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
