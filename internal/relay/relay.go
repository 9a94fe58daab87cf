// Package relay is a message's life between acceptance and erasure: accept, offer, fetch, confirm, erase, lapse.
//
// It promises: no ciphertext is kept without an allow decision made at that moment (decided on the envelope before the first byte
// is kept, and again when it commits); decision, ciphertext and records are committed in one transaction; what was accepted is
// there exactly once; the same envelope again gives the same receipt; ciphertext goes when every recipient has it, or at the end
// of the term, and its day key after it. It must not read a payload (it cannot) and must not know how a caller was recognised.
package relay

import (
	"context"
	"io"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Stored is a message as kept: everything about it but its ciphertext.
type Stored struct {
	ID         string
	Kind       vocabulary.Kind
	Time       time.Time // accepted
	Case       string
	SenderOIN  party.OIN
	SenderID   string
	Envelope   string // compact JWS
	Digest     string // of the envelope's payload
	Nr         int64  // of its `aangeboden` record: the receipt
	HasPayload bool   // ciphertext is still held
	HasMotive  bool   // a sealed motivation is still held
	Recipients []RecipientState
	Confirmed  []string // compact JWS of confirmations that counted, in order
}

// RecipientState is where a message is for one recipient.
type RecipientState struct {
	Party    party.OIN
	Function vocabulary.Function
	People   []string
	Status   message.Status
	Deadline time.Time // doorvoertermijn: ciphertext is erased then
}

// Status of the message: the least advanced of its recipients.
func (s Stored) Status() message.Status {
	all := make([]message.Status, len(s.Recipients))
	for i, r := range s.Recipients {
		all[i] = r.Status
	}
	return message.Least(all)
}

// Query asks for a list of messages of one participant's party.
type Query struct {
	Party  party.OIN
	Inbox  bool           // addressed to the party; else sent by it
	Person string         // inbox only: addressed to this participant; "" for all of the party
	Also   []string       // inbox only, with Person: or addressed to one of these, whom Person replaces
	Status message.Status // "" for all
	After  string         // cursor: UUIDv7 of the last one seen; list is in order of acceptance
	Limit  int
}

// Store is what relay reads. Its writes go through audit.
type Store interface {
	Message(ctx context.Context, id string) (Stored, error) // ErrNotFound
	Messages(ctx context.Context, q Query) (list []Stored, cursor string, err error)
	Case(ctx context.Context, id string) ([]Stored, error) // in order of acceptance; empty when new
	// RecordOf gives the nr of the first record of a kind whose `jws` is exactly this text, so that what is sent again gets the
	// receipt of the first time (the stores find it by its SHA-256). ErrNotFound when there is none.
	RecordOf(ctx context.Context, kind tlog.RecordKind, jws string) (nr int64, err error)
	// Chunk gives the nr-th kept chunk of a message's payload (or motivation); io.EOF after the last, ErrNotFound when erased.
	Chunk(ctx context.Context, id string, part Part, nr int) ([]byte, error)
	// Stage keeps a chunk outside the log, unreachable until an AcceptWrite names its staging id; swept when older than an hour.
	Stage(ctx context.Context, staging string, part Part, nr int, chunk []byte) error
	DropStaged(ctx context.Context, staging string) error
	SweepStaged(ctx context.Context, before time.Time) error
	// Lapsing gives messages with a recipient whose deadline has passed undelivered; DaysInUse the days whose key still protects something.
	Lapsing(ctx context.Context, now time.Time, limit int) ([]Stored, error)
	DaysInUse(ctx context.Context) ([]string, error)
}

// Part is which age file of a message.
type Part string

// The two age files that a message can have.
const (
	PayloadPart    Part = "lading"
	MotivationPart Part = "motivering"
)

// DayKeys gives the keys that protect ciphertext at rest, held outside the database. A day is YYYY-MM-DD, UTC.
type DayKeys interface {
	// Get gives the 32-byte key of a day, made when it is new and create is true; ErrKeyGone when it was destroyed.
	Get(day string, create bool) ([]byte, error)
	Days() ([]string, error)
	Destroy(day string) error
}

// AcceptWrite keeps a new message. Nr of the record is that of the Change's record with kind aangeboden: RecordIndex counts in
// Change.Records. Small ciphertext comes inline; large was staged.
type AcceptWrite struct {
	Message     Stored // Nr unset
	RecordIndex int
	Day         string          // whose key protects the ciphertext
	Inline      map[Part][]byte // already encrypted at rest
	Staging     string          // "" when inline
	SubjectTags []string
}

// ConfirmWrite moves the status of one recipient and keeps the confirmation. It conflicts when the status is no longer From.
type ConfirmWrite struct {
	Message  string
	Party    party.OIN
	Function vocabulary.Function
	From     message.Status
	To       message.Status
	Kind     message.ConfirmationKind
	Compact  string
}

// EraseWrite erases the ciphertext of a message. LapseWrite sets a recipient to verlopen if it still is From.
type EraseWrite struct {
	Message string
	Part    Part
}

// LapseWrite sets the status of one recipient to verlopen; it conflicts when the status is no longer From.
type LapseWrite struct {
	Message  string
	Party    party.OIN
	Function vocabulary.Function
	From     message.Status
}

// Denied says that the policy refused: reasons for each recipient that was refused.
type Denied struct{ Reasons []RecipientReason }

func (d *Denied) Error() string { return "geweigerd door het convenant" }

// RecipientReason is one of `redenen` in a 403.
type RecipientReason struct {
	policy.Reason
	Recipient string `json:"ontvanger"` // <oin>/<functie>
}

// Upload is a message as it comes in: the envelope first, then the age files, read once.
type Upload struct {
	Envelope   string
	Motivation func() (io.Reader, error) // nil reader when the part is absent
	Payload    func() (io.Reader, error) // asked for after the first decision
}

// Accepted is a message that was accepted, now or before.
type Accepted struct {
	ID      string
	Receipt tlog.Receipt
	Again   bool // the same envelope had been accepted before
}

// Advice is the answer when somebody asks first.
type Advice struct {
	Decision policy.Decision
}

// Question is what somebody asks first: a message that does not exist yet.
type Question struct {
	Caller            auth.Caller
	Function          vocabulary.Function // "" : any function of the caller that a flow names
	Recipient         party.OIN
	RecipientFunction vocabulary.Function
	Convenant         message.ConvenantRef
	Stated            policy.Stated
	WpgDecision       *string
	Case              string // "" for a new one
	InReplyTo         *string
	Subjects          int
}
