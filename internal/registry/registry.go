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
	"sync"
	"sync/atomic"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Store is what the registry reads at start; its writes go through audit.
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

// Registry keeps what is in force and lets parties change what is theirs. It is safe for concurrent use.
type Registry struct {
	store   Store
	log     Committer
	anchors *party.Anchors
	now     func() time.Time
	checks  []Check

	publishing sync.Mutex // one change at a time: each is checked against the snapshot that it changes
	doubt      *passing   // of a change of which nobody could read whether it was kept; guarded by publishing
	pending    *Switch    // on its way, or in doubt; guarded by publishing
	current    atomic.Pointer[Snapshot]
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
	r := &Registry{store: store, log: log, anchors: anchors, now: now, checks: checks}
	snapshot, err := r.load(ctx)
	if err != nil {
		return nil, fmt.Errorf("loading the registry: %w", err)
	}
	r.current.Store(snapshot)
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

// begin takes the turn to publish. It does not come while it is unknown what is in force.
func (r *Registry) begin(ctx context.Context) (unlock func(), err error) {
	r.publishing.Lock()
	if err := r.mend(ctx); err != nil {
		r.publishing.Unlock()
		return nil, err
	}
	return r.publishing.Unlock, nil
}

// Mend finds out what is in force where a store that could not be read left that open. Until then no message is accepted: see
// [Snapshot.Passing]. The gateway calls it from time to time; where there is no doubt it does nothing.
func (r *Registry) Mend(ctx context.Context) error {
	unlock, err := r.begin(ctx)
	if err != nil {
		return err
	}
	unlock()
	return nil
}

func (r *Registry) mend(ctx context.Context) error {
	if r.doubt == nil {
		return nil
	}
	if err := r.reload(ctx); err != nil {
		return err
	}
	r.doubt.end()
	r.doubt = nil
	return nil
}

// reload puts in force what the store holds.
func (r *Registry) reload(ctx context.Context) error {
	fresh, err := r.load(ctx)
	if err != nil {
		return fmt.Errorf("loading the registry again: %w", err)
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	fresh.Generation = r.Snapshot().Generation + 1
	r.current.Store(fresh)
	return nil
}

// again gives the receipt of what was published before.
func (r *Registry) again(ctx context.Context, kind tlog.RecordKind, jws string) (tlog.Receipt, error) {
	nr, err := r.store.RecordOf(ctx, kind, jws)
	if errors.Is(err, audit.ErrNotFound) {
		err = audit.ErrTree // what is in force is in the trail, or the trail is not the one that it was
	}
	if err != nil {
		return tlog.Receipt{}, fmt.Errorf("finding the record of kind %s that was made before: %w", kind, err)
	}
	receipt, err := r.log.Receipt(ctx, nr)
	if err != nil {
		return tlog.Receipt{}, fmt.Errorf("giving the receipt of record %d again: %w", nr, err)
	}
	return receipt, nil
}
