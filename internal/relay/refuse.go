package relay

import (
	"context"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

// decideFirst decides on the envelope, on what was seen of before. A refusal is kept and given.
func (r *Relay) decideFirst(ctx context.Context, v message.VerifiedEnvelope, m matter, targets []target, seen ruling) (Accepted, ruling, error) {
	for range maxRounds {
		d, err := r.decide(ctx, m, targets, seen)
		if err != nil || d.denied() == nil {
			return Accepted{}, d, err
		}
		if done, err := r.refuse(ctx, v, d); !errors.Is(err, errStale) {
			return done, ruling{}, err
		}
		if _, err := r.newer(ctx, d.snapshot); err != nil {
			return Accepted{}, ruling{}, err
		}
	}
	return Accepted{}, ruling{}, fmt.Errorf("refusing a message, %d times: %w", maxRounds, errBusy)
}

// refuse keeps the decisions and gives the denial. A refusal that could not be recorded is not told: the error is, so that there
// is never an answer of which the trail knows nothing. errStale when it rests on what is in force no longer.
//
// A message with this id may have been accepted since it was looked for: another process was killed when it had committed and not yet
// answered, and the sender sent again, to this one. Then nothing is refused: the first send's answer is given (Again), or ErrIDTaken.
func (r *Relay) refuse(ctx context.Context, v message.VerifiedEnvelope, d ruling) (Accepted, error) {
	_, err := r.keep(ctx, audit.Change{
		Records: append(d.decisionRecords(v, false), d.coSignedRecords(v, false)...),
		Writes:  []audit.Write{RefuseWrite{ID: v.Envelope().ID}},
		Guard:   heldBy(d.snapshot),
	})
	if errors.Is(err, audit.ErrConflict) {
		if again, lookErr := r.before(ctx, v); lookErr != nil || again.Again {
			return again, lookErr
		}
	}
	if err != nil {
		return Accepted{}, fmt.Errorf("recording a refusal: %w", err)
	}
	return Accepted{}, d.denied()
}

// isNo reports whether an error tells the sender to mend something, and nothing in the log holds that he was told so.
func isNo(err error) bool {
	var faults fault.List
	var outdated *OutdatedCard
	return errors.Is(err, ErrSender) || errors.Is(err, ErrCoSigner) || errors.As(err, &faults) || errors.As(err, &outdated)
}

// unlessAccepted gives a no, unless the message was accepted since it was looked for. A card that is outdated now need not have been when
// the first send was accepted: that stands before the new card in the log, so who knows the new card also finds the message.
func (r *Relay) unlessAccepted(ctx context.Context, v message.VerifiedEnvelope, no error) (Accepted, error) {
	if again, err := r.before(ctx, v); err != nil || again.Again {
		return again, err
	}
	return Accepted{}, no
}
