// Package registry holds what is in force now at a gateway: the address book, the convenants with their signatures, and the
// Wpg decisions. Everything else at the gateway reads a [Snapshot] of it.
//
// It promises that a snapshot never changes, that nothing enters that was not verified against the trust anchors, that what
// entered is kept and in the trail before anybody sees it, and that loading is all or nothing. It must not decide on messages.
package registry

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Store is what the registry reads, at the start and when another process changed what is in force; its writes go through audit.
type Store interface {
	Head(ctx context.Context) (audit.Head, error)
	Cards(ctx context.Context) ([]party.CardWrite, error) // newest of each; party cards first
	Convenants(ctx context.Context) ([]convenant.VersionWrite, error)
	Signatures(ctx context.Context) ([]convenant.SignatureWrite, error)    // in order of arrival
	ConvenantChanges(ctx context.Context) ([]convenant.ChangeWrite, error) // of each convenant in order
	WpgDecisions(ctx context.Context) ([]convenant.WpgDecisionWrite, error)
	// RecordOf gives the nr of the first record of a kind whose `jws` is exactly this text, so that what is published again gets
	// the receipt of the first time (the same method as relay.Store's). audit.ErrNotFound when there is none.
	RecordOf(ctx context.Context, kind tlog.RecordKind, jws string) (nr int64, err error)
}

// Committer is audit.Sequencer.
type Committer interface {
	Commit(ctx context.Context, c audit.Change) (audit.Committed, error)
	Receipt(ctx context.Context, nr int64) (tlog.Receipt, error)
}

// Registry keeps what is in force and lets parties change what is theirs. It is safe for concurrent use. Several processes may have one
// on the same store: each says by [Snapshot.Kept] what it knows, and [Registry.CatchUp] brings the rest.
type Registry struct {
	store   Store
	log     Committer
	anchors *party.Anchors
	now     func() time.Time
	checks  []Check

	looked  atomic.Int64  // when the store last said where the log stands, as time since began
	began   time.Time     // when this registry was made, by a clock that only goes on
	turn    chan struct{} // one change at a time: each is checked against the snapshot that it changes
	doubt   *passing      // of a snapshot that is over, or may be, and whose successor could not be read; for who has the turn
	ahead   ahead         // of a load that is on its way, or did not come to its end; for who has the turn
	pending *Switch       // on its way, or in doubt; for who has the turn
	follow  Follower      // nil: nothing comes with what another process changed
	current atomic.Pointer[Snapshot]
}

// Errors of publishing, besides fault.List, party.Err… and those of audit.
var (
	ErrNotYours = errors.New("dit hoort niet bij uw organisatie")
	ErrUnknown  = errors.New("onbekend")
	// ErrTaken says that this version of a convenant, or this number of a Wpg decision, exists with other content.
	ErrTaken = errors.New("bestaat al met een andere inhoud")
)

// New loads everything and verifies it again: a store is not trusted either. Anything that does not hold is an error, so a
// gateway starts with the whole of what it kept or not at all.
func New(ctx context.Context, store Store, log Committer, anchors *party.Anchors, now func() time.Time, checks ...Check) (*Registry, error) {
	r := &Registry{store: store, log: log, anchors: anchors, now: now, checks: checks, turn: make(chan struct{}, 1), began: time.Now()}
	snapshot, err := r.load(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("loading the registry: %w", err)
	}
	r.current.Store(snapshot)
	r.ahead = ahead{}
	return r, nil
}

// Snapshot gives what is in force now.
func (r *Registry) Snapshot() *Snapshot { return r.current.Load() }

// ConvenantYAML gives the text of a version as it was written; ErrUnknown.
func (r *Registry) ConvenantYAML(_ context.Context, id string, version int) ([]byte, error) {
	yaml, ok := r.Snapshot().texts[versionKey{id, version}]
	if !ok {
		return nil, ErrUnknown
	}
	return yaml, nil
}

// again gives the receipt of what was published before.
func (r *Registry) again(ctx context.Context, kind tlog.RecordKind, jws string) (tlog.Receipt, error) {
	nr, err := r.store.RecordOf(ctx, kind, jws)
	if errors.Is(err, audit.ErrNotFound) {
		err = audit.ErrTree // what is in force is in the trail, or the trail is not the one that it was
	}
	if err != nil {
		return tlog.Receipt{}, fmt.Errorf("finding the record of kind %s that was made before: %w: %w", kind, audit.ErrKept, err)
	}
	receipt, err := r.log.Receipt(ctx, nr)
	if err != nil {
		return tlog.Receipt{}, fmt.Errorf("giving the receipt of record %d again: %w: %w", nr, audit.ErrKept, err)
	}
	return receipt, nil
}
