// Package audit is the one way into the trail and the one way to keep anything: a [Change] holds records and the writes that
// they describe, and the [Sequencer] commits both in one durable transaction, with new Merkle leaves and a signed checkpoint.
//
// It promises: what Commit returned is durable, in the log at the position it says, exactly once; a change that conflicts is
// refused alone and leaves nothing behind; records are ordered without gaps; and when store, clock or signer is in doubt the
// answer is an error and nothing is kept. It must not know what the writes mean: relay, party and convenant declare them, the
// stores switch on their types.
package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// Write is one typed value to keep: declared by the package whose data it is (party.CardWrite, convenant.VersionWrite, …).
// A store that does not know the type must give an error.
type Write any

// Change is what is committed together or not at all.
type Change struct {
	// Records get nr, tijd and zout from the sequencer, in this order. At least one: nothing is kept without a record of it.
	Records []trail.Record
	Writes  []Write
	// Keep is how long the content of the records stays: an ISO 8601 period (P5Y), counted from their `tijd` to the end of that day
	// ([term.Period]); "" for good. It is fixed here: what is agreed later changes nothing for what was recorded before.
	Keep string
	// Registry says that the change alters what decisions rest on: cards, convenants, signatures, Wpg decisions, rules.
	Registry bool
	// Guard, when set, is asked inside the transaction right before the change is applied: an error refuses the change with
	// that error and keeps nothing. It must be quick and must not use the store, and may be asked more than once. registry is the position
	// in the log right after the last change of what decisions rest on, by any process, as it is at this place in the log.
	Guard func(registry int64) error
}

// Committed tells where the records of a change stand.
type Committed struct {
	Records  []trail.Record // complete
	Registry int64          // position in the log right after the last change of what decisions rest on: this one, if it is one

	entries []entry
	grown   *growth // of the batch: nobody changes it any more
}

// Receipt gives the receipt of a record of the change, under the checkpoint of its batch: made for who wants it, because of a message only one
// is given away. An error is [ErrKept].
func (c Committed) Receipt(i int) (trail.Receipt, error) {
	receipt, err := c.grown.receipt(c.entries[i])
	if err != nil {
		return trail.Receipt{}, fmt.Errorf("proving record %d: %w: %w", c.Records[i].Nr, ErrKept, err)
	}
	return receipt, nil
}

// Store is what the sequencer needs to keep things in. One transaction at a time.
type Store interface {
	// Update runs fn in one durable transaction: when it returns nil, everything is on disk; when it returns an error (fn's own
	// or the store's), nothing is kept. fn may be run again from the start, after all that it did was undone: what it is shown may be
	// what the store supposes, and is known to be so when Update returns nil or fn's own error.
	Update(ctx context.Context, fn func(Tx) error) error
	// Reading, outside a transaction:
	Head(ctx context.Context) (Head, error)
	Record(ctx context.Context, nr int64) (canonical []byte, err error)  // ErrNotFound, ErrPruned
	Hashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error)    // stored hashes, indexes as of tlog.StoredHashIndex
	CheckpointFor(ctx context.Context, nr int64) ([]byte, error)         // of the batch that record nr came with
	Search(ctx context.Context, q Query) (canonical [][]byte, err error) // newest first
	// Pruned reports whether a record that a party could read has lost its content at the end of its term.
	Pruned(ctx context.Context, partyOIN string, nr int64) (bool, error)
}

// Tx is a transaction of a Store.
type Tx interface {
	Head() (Head, error)
	Hashes(indexes []int64) ([]tlog.Hash, error)
	// Savepoint runs fn; when it fails, what fn wrote is undone, the transaction goes on, and the error is fn's. ErrAborted says
	// that the transaction cannot go on.
	Savepoint(fn func() error) error
	// Apply keeps a write; first is the nr of the first record of its change, so that a write can name a record by its index in
	// Change.Records. ErrConflict when it meets what is kept already. It comes after the change's records.
	Apply(w Write, first int64) error
	// AppendRecord keeps a record, the OINs of the parties that may read it ([Everyone]: all), and until when its content must stay at
	// least; the zero time: for good.
	AppendRecord(r trail.Record, canonical []byte, parties []string, keepUntil time.Time) error
	AppendHashes(first int64, hashes []tlog.Hash) error // at stored hash index first and on
	// SetHead moves the head and keeps its checkpoint, as the last thing in a transaction. Setting the head that is there
	// already is a durable write that changes nothing.
	SetHead(h Head) error
}

// Head is where the log stands.
type Head struct {
	Size       int64
	Checkpoint []byte // signed, of this size; nil for an empty log
	LastTime   time.Time
	Registry   int64 // the position right after the last change of what decisions rest on (Change.Registry)
}

// Equal reports whether the log stands at the same place in both.
func (h Head) Equal(other Head) bool {
	return h.Size == other.Size && bytes.Equal(h.Checkpoint, other.Checkpoint) && h.LastTime.Equal(other.LastTime) && h.Registry == other.Registry
}

// Errors of Commit. Store and context errors come as they are, wrapped.
var (
	ErrConflict = errors.New("audit: change conflicts with what is kept")
	ErrNotFound = errors.New("audit: not found")
	ErrPruned   = errors.New("audit: the record was pruned at the end of its term")
	ErrFull     = errors.New("audit: queue is full")
	ErrClock    = errors.New("audit: clock runs behind the log")
	ErrLeap     = errors.New("audit: clock was set ahead and is not believed yet")
	ErrClosed   = errors.New("audit: sequencer is closed")
	ErrNoRecord = errors.New("audit: a change without a record")
	ErrTree     = errors.New("audit: the kept log is not the one that was signed")
	ErrAborted  = errors.New("audit: the transaction broke off")
	// ErrInDoubt: the store failed while committing and cannot be read: the change may have been kept. Sent again, it is
	// answered as it should be.
	ErrInDoubt = errors.New("audit: outcome of the commit is unknown")
	// ErrKept: it is kept, now or since before, and cannot be proven now. Sent again, it gets the proof.
	ErrKept = errors.New("audit: it is kept, and the proof cannot be given now")
)
