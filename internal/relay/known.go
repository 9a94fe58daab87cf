package relay

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// lookBack asks one small question of every message: was it sent before (then what came of that is given), and did its case begin? Of most,
// neither; then the ruling holds all there is to look back on, for a moment, and nothing more is read.
func (r *Relay) lookBack(ctx context.Context, v message.VerifiedEnvelope) (Accepted, ruling, error) {
	e, now := v.Envelope(), r.now()
	sent, began, err := r.store.Known(ctx, e.ID, e.Case)
	switch {
	case err != nil:
		return Accepted{}, ruling{}, fmt.Errorf("looking whether a message or its case is known: %w", err)
	case sent:
		done, err := r.before(ctx, v)
		return done, ruling{}, err
	case began || e.InReplyTo != nil:
		return Accepted{}, ruling{}, nil
	}
	return Accepted{}, ruling{time: now, history: history{inCase: policy.CaseFacts{ID: e.Case, New: true}}}, nil
}
