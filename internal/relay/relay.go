// Package relay is a message's life between acceptance and erasure: accept, offer, fetch, confirm, erase, lapse.
//
// It promises: no ciphertext is kept without an allow decision made at that moment (decided on the envelope before the first byte
// is kept, and again when it commits); decision, ciphertext and records are committed in one transaction; what was accepted is
// there exactly once; the same envelope again gives the same receipt; ciphertext goes when every recipient has it, or at the end
// of the term, and its day key after it. It must not read a payload (it cannot) and must not know how a caller was recognised.
package relay

import (
	"cmp"
	"context"
	"hash/maphash"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Decider is policy.Engine.
type Decider interface {
	Decide(ctx context.Context, f policy.Facts) (policy.Decision, error)
}

// Log is audit.Sequencer.
type Log interface {
	Commit(ctx context.Context, c audit.Change) (audit.Committed, error)
	Receipt(ctx context.Context, nr int64) (tlog.Receipt, error)
}

// Waker is notify.Hub: it tells those who wait for their list that there is something for a party.
type Waker interface {
	Wake(oin string)
}

// Options of a relay; all but Retain are needed.
type Options struct {
	Store    Store
	Log      Log
	Policy   func() Decider // the rules that decide now; other rules are another value
	Registry func() *registry.Snapshot
	CatchUp  func(context.Context) error // registry.Registry's: brings into Registry what another process changed
	Keys     DayKeys
	Waker    Waker
	Now      func() time.Time
	Retain   string // how long records stay to which no convenant gives a term, an ISO 8601 period; "": RetainDefault
}

// Relay is safe for concurrent use.
type Relay struct {
	store    Store
	log      Log
	policy   func() Decider
	registry func() *registry.Snapshot
	catchUp  func(context.Context) error
	keys     DayKeys
	waker    Waker
	now      func() time.Time
	retain   string
	moving   stripes
	counting stripes // sends of one participant that count against a maximum
}

// New makes a relay.
func New(o Options) *Relay {
	return &Relay{
		store: o.Store, log: o.Log, policy: o.Policy, registry: o.Registry, catchUp: o.CatchUp, keys: o.Keys, waker: o.Waker, now: o.Now, retain: cmp.Or(o.Retain, RetainDefault),
		moving: stripes{seed: maphash.MakeSeed()}, counting: stripes{seed: maphash.MakeSeed()},
	}
}

// keep commits a change, and stays until it is known what became of it, also when the caller hangs up meanwhile: what is kept must be seen
// by whoever comes next under the same lock, and heard of by whom it is for.
func (r *Relay) keep(ctx context.Context, c audit.Change) (audit.Committed, error) {
	c.Keep = r.Retained(c)
	return r.log.Commit(context.WithoutCancel(ctx), c)
}

// stripes lets one confirmation (or lapse) of a message go at a time. Two recipients that confirm at once would each see the
// other as not there yet, and nobody would erase. Messages may share a stripe: that costs a wait, never a wrong answer. It
// holds within one process; between processes the writes see to it ([Seen]), and who lost looks again.
type stripes struct {
	seed  maphash.Seed
	locks [64]sync.Mutex
}

func (s *stripes) lock(id string) (unlock func()) {
	m := &s.locks[maphash.String(s.seed, id)%uint64(len(s.locks))]
	m.Lock()
	return m.Unlock
}
