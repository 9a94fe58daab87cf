package relay

import (
	"context"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// eraseMotivations erases what the privacy officers had their time for: "erased when its reviews are closed or their term ends"
// (WIRE, "Payload and sealed motivation").
func (r *Relay) eraseMotivations(ctx context.Context, now time.Time) error {
	return inBatches(ctx, "motivations whose term ends",
		func(ctx context.Context) ([]Stored, error) { return r.store.MotivationsDue(ctx, now, sweepBatch) },
		func(ctx context.Context, id string) (bool, error) {
			return r.endOf(ctx, id, func(st *Stored) (audit.Change, error) { return endMotivation(st, now) })
		})
}

// endMotivation gives the erasure of a motivation that nobody has to read any more; nothing when that moment is not there.
func endMotivation(st *Stored, now time.Time) (audit.Change, error) {
	var change audit.Change
	if !st.HasMotive || now.Before(st.MotiveUntil) {
		return change, nil
	}
	e, err := keptEnvelope(*st)
	if err != nil {
		return change, err
	}
	erase(&change, e, MotivationPart)
	st.HasMotive = false
	return change, nil
}
