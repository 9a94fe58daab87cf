package relay

import (
	"context"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Store is what relay reads. Its writes go through audit.
type Store interface {
	Retention
	Message(ctx context.Context, id string) (Stored, error) // ErrNotFound
	// Known tells what there is of a message and of its case, all at one moment. It is asked of every message before all else.
	Known(ctx context.Context, id, caseID string) (Known, error)
	Messages(ctx context.Context, q Query) (list []Stored, cursor string, err error)
	Case(ctx context.Context, id string) ([]Stored, error) // in order of acceptance; empty when new
	// Standing tells how a party stands to a case, at a cost that does not grow with what was sent in it; answer is the kind of message
	// that Answered is about.
	Standing(ctx context.Context, id string, of party.OIN, answer vocabulary.Kind) (Standing, error)
	// Sent counts what a participant had accepted, at a cost that grows with that number and not with history.
	Sent(ctx context.Context, q SentQuery) (int, error)
	// RecordOf gives the nr of the first record of a kind whose `jws` is exactly this text, so that what is sent again gets the
	// receipt of the first time (the stores find it by its SHA-256). audit.ErrNotFound when there is none, and for a kind
	// that is not FoundByJWS.
	RecordOf(ctx context.Context, kind tlog.RecordKind, jws string) (nr int64, err error)
	// Chunk gives the nr-th kept chunk of a message's payload (or motivation); io.EOF after the last, ErrNotFound when erased.
	Chunk(ctx context.Context, id string, part Part, nr int) ([]byte, error)
	// Stage keeps a chunk outside the log, unreachable until an AcceptWrite names its staging id; swept when older than an hour.
	// The store is done with the chunk when it comes back.
	Stage(ctx context.Context, staging string, part Part, nr int, chunk []byte) error
	DropStaged(ctx context.Context, staging string) error
	SweepStaged(ctx context.Context, before time.Time) error
	// Lapsing gives messages with a recipient whose deadline has passed undelivered; DaysInUse the days whose key still protects something.
	Lapsing(ctx context.Context, now time.Time, limit int) ([]Stored, error)
	// Emptied gives messages of which an age file is not there while somebody waits for it, and no record says that it is gone: for the
	// lading a recipient who has not received, for the motivering an open review whose term goes on. Only a copy of the database that was
	// put back has any.
	Emptied(ctx context.Context, part Part, now time.Time, limit int) ([]Stored, error)
	DaysInUse(ctx context.Context) ([]string, error)
	// ReviewsOf gives every review of a message, closed or not; OpenReviews those of a party that are not closed, in the order of their
	// records, after a record. MotivationsDue gives messages whose motivation is held with no open review whose term goes on.
	ReviewsOf(ctx context.Context, message string) ([]Review, error)
	OpenReviews(ctx context.Context, of party.OIN, after int64, limit int) ([]Review, error)
	MotivationsDue(ctx context.Context, now time.Time, limit int) ([]Stored, error)
}

// Known is what stands in the store and in the log, at one moment.
type Known struct {
	Sent  bool  // there is a message with the id
	Began bool  // something was sent in the case
	Size  int64 // of the log
}

// Part is which age file of a message.
type Part string

// The two age files that a message can have.
const (
	PayloadPart    Part = "lading"
	MotivationPart Part = "motivering"
)

// Parts is the order in which a store keeps what a message has: the same each time, as rows of two stores are compared.
var Parts = [...]Part{PayloadPart, MotivationPart}

// DayKeys gives the keys that protect ciphertext at rest, held outside the database. A day is YYYY-MM-DD, UTC.
type DayKeys interface {
	// Get gives the 32-byte key of a day, made when it is new and create is true; ErrKeyGone when it was destroyed.
	Get(day string, create bool) ([]byte, error)
	Days() ([]string, error)
	Destroy(day string) error
}
