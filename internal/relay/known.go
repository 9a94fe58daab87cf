package relay

import (
	"context"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// lookBack asks one small question of every message: was it sent before (then what came of that is given), and did its case begin? Of most,
// neither; then the ruling holds all there is to look back on, for a moment, and nothing more is read.
func (r *Relay) lookBack(ctx context.Context, v message.VerifiedEnvelope) (Accepted, ruling, error) {
	e, now := v.Envelope(), r.now()
	known, err := r.store.Known(ctx, e.ID, e.Case)
	looked := ruling{seen: look{size: known.Size, at: now}}
	switch {
	case err != nil:
		return Accepted{}, ruling{}, fmt.Errorf("looking whether a message or its case is known: %w", err)
	case known.Sent:
		done, err := r.before(ctx, v)
		return done, ruling{}, err
	case known.Began || e.InReplyTo != nil:
		return Accepted{}, looked, nil
	}
	looked.time, looked.history = now, history{inCase: policy.CaseFacts{ID: e.Case, New: true}}
	return Accepted{}, looked, nil
}

// look is a look for a message that was not there: how long the log was, and when that was. A refusal of it that stands further on in the
// log was told meanwhile (AcceptWrite.Seen).
type look struct {
	size int64
	at   time.Time
}
