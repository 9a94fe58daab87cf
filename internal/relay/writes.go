package relay

import (
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// AcceptWrite keeps a new message. Nr of the record is that of the Change's record with kind aangeboden: RecordIndex counts in
// Change.Records. Small ciphertext comes inline; large was staged.
type AcceptWrite struct {
	Message     Stored // Nr unset
	RecordIndex int
	Day         string          // whose key protects the ciphertext
	Inline      map[Part][]byte // already encrypted at rest
	Staging     string          // "" when inline
	SubjectTags []string
	// Seen is how long the log was when this id was looked for, before the decision. The write conflicts when a record `besluit` of this id
	// stands in the log since: of a refusal, that is, which another process may have told the sender.
	Seen int64
	// Counted is what the decision counted on (condition `maximum`); the write conflicts when it is no longer so.
	Counted []SentCount
}

// RefuseWrite keeps nothing; it conflicts when a message with this id is kept at this place in the log. Every refusal has it: a message may have
// been accepted, at this process or another, after it was looked for, and who sent it twice must not be told "refused" then.
type RefuseWrite struct{ ID string }

// ConfirmWrite moves the status of one recipient and keeps the confirmation. It conflicts when the status is no longer From, or when
// the recipients no longer stand as they were Seen.
type ConfirmWrite struct {
	Message  string
	Party    party.OIN
	Function vocabulary.Function
	From     message.Status
	To       message.Status
	Kind     message.ConfirmationKind
	Compact  string
	Seen     Seen
}

// Seen is how all recipients of a message stood, in order, when a change was decided on; nil: nobody looked. Two recipients that confirm at
// once at two processes would each see the other as not there yet, and nobody would erase. Only the first write of a change has it.
type Seen []message.Status

// EraseWrite erases one age file of a message; it conflicts when that is not there (any more). LapseWrite sets a recipient to verlopen if it still is From.
type EraseWrite struct {
	Message string
	Part    Part
}

// LapseWrite sets the status of one recipient to verlopen; it conflicts when the status is no longer From, or when the recipients no
// longer stand as they were Seen.
type LapseWrite struct {
	Message  string
	Party    party.OIN
	Function vocabulary.Function
	From     message.Status
	Seen     Seen
}
