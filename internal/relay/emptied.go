package relay

import (
	"context"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// lapseEmptied ends what waits for ciphertext that is not there: the database was put back from a copy that was made without it, as every
// copy should be. It lapses at once and not at its term, so that the sender sees today that nobody will read it, and sends it again; a
// signal about a child does not wait for a term.
func (r *Relay) lapseEmptied(ctx context.Context, now time.Time) error {
	if err := inBatches(ctx, "messages without their payload",
		func(ctx context.Context) ([]Stored, error) { return r.store.Emptied(ctx, PayloadPart, now, sweepBatch) },
		func(ctx context.Context, id string) (bool, error) { return r.endOf(ctx, id, emptied) }); err != nil {
		return err
	}
	return inBatches(ctx, "motivations that are not there",
		func(ctx context.Context) ([]Stored, error) {
			return r.store.Emptied(ctx, MotivationPart, now, sweepBatch)
		},
		func(ctx context.Context, id string) (bool, error) { return r.endOf(ctx, id, withoutMotivation) })
}

// emptied lapses a message of which the payload is gone while somebody waits for it, and records that it is gone.
func emptied(st *Stored) (audit.Change, error) {
	var change audit.Change
	e, err := keptEnvelope(*st)
	if err != nil || st.HasPayload || st.delivered() {
		return change, err
	}
	for i := range st.Recipients {
		if to := &st.Recipients[i]; !to.Status.Delivered() {
			lapse(&change, st.ID, e, to)
		}
	}
	change.Records = append(change.Records, gone(e, PayloadPart))
	return change, nil
}

// withoutMotivation records that a motivation is gone that officers still had time for.
func withoutMotivation(st *Stored) (audit.Change, error) {
	e, err := keptEnvelope(*st)
	if err != nil || st.HasMotive {
		return audit.Change{}, err
	}
	return audit.Change{Records: []tlog.Record{gone(e, MotivationPart)}}, nil
}

// gone is the record `gewist` of an age file that a copy of the database was made without.
func gone(e message.Envelope, part Part) tlog.Record {
	var change audit.Change
	erase(&change, e, part)
	return change.Records[0]
}
