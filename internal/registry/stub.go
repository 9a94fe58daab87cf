package registry

import (
	"context"
	"errors"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// --- OWNER: relay helper. Replace these stubs; keep the signatures. ---

// Store is what the registry reads at start; writes go through audit.
type Store interface {
	Cards(ctx context.Context) ([]party.CardWrite, error) // newest of each; party cards first
	Convenants(ctx context.Context) ([]convenant.VersionWrite, error)
	Signatures(ctx context.Context) ([]convenant.SignatureWrite, error) // in order of arrival
	WpgDecisions(ctx context.Context) ([]convenant.WpgDecisionWrite, error)
	// RecordOf gives the nr of the first record of a kind whose `jws` is exactly this text, so that what is published again gets
	// the receipt of the first time (the same method as relay.Store's). The stores give audit.ErrNotFound or relay.ErrNotFound.
	RecordOf(ctx context.Context, kind tlog.RecordKind, jws string) (nr int64, err error)
}

// Committer is audit.Sequencer.
type Committer interface {
	Commit(ctx context.Context, c audit.Change) (audit.Committed, error)
	Receipt(ctx context.Context, nr int64) (tlog.Receipt, error)
}

type Registry struct { /* owner */
}

// New loads everything and verifies it again: a store is not trusted either.
func New(ctx context.Context, store Store, log Committer, anchors *party.Anchors, now func() time.Time) (*Registry, error) {
	panic("stub")
}

func (r *Registry) Snapshot() *Snapshot { panic("stub") }

// Publish… verify, keep (with a record in the trail) and put in force. caller is the OIN of the client certificate; a party
// publishes its own cards only. Errors: fault.List, party.Err…, ErrNotYours, ErrUnknown, audit errors.
func (r *Registry) PublishCard(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	panic("stub")
}
func (r *Registry) PublishConvenant(ctx context.Context, caller party.OIN, yaml []byte) (*convenant.Convenant, tlog.Receipt, error) {
	panic("stub")
}
func (r *Registry) PublishSignature(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	panic("stub")
}
func (r *Registry) PublishWpgDecision(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	panic("stub")
}

// List… for reading by parties. ConvenantYAML gives the text as written. Signatures in order of arrival.
func (s *Snapshot) Convenants() []convenant.Standing                  { panic("stub") } // sorted by id, version
func (s *Snapshot) WpgDecisions(of party.OIN) []convenant.WpgDecision { panic("stub") } // those of a party or addressed to it
func (r *Registry) ConvenantYAML(ctx context.Context, id string, version int) ([]byte, error) {
	panic("stub")
}

var (
	ErrNotYours = errors.New("dit hoort niet bij uw organisatie")
	ErrUnknown  = errors.New("onbekend")
)
