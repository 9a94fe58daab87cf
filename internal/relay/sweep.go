package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// sweepBatch is how many messages are read at a time.
const sweepBatch = 100

// Sweep lapses what is past its term, erases, drops uploads that were never finished, and destroys day keys that protect nothing
// any more. It can be called at any time and stopped anywhere: what a crash leaves undone, the next one does.
func (r *Relay) Sweep(ctx context.Context) error {
	now := r.now()
	return errors.Join(r.lapseAll(ctx, now), r.lapseEmptied(ctx, now), r.eraseMotivations(ctx, now), r.sweepStaged(ctx, now), r.destroyKeys(ctx, now))
}

func (r *Relay) lapseAll(ctx context.Context, now time.Time) error {
	return inBatches(ctx, "messages that lapse",
		func(ctx context.Context) ([]Stored, error) { return r.store.Lapsing(ctx, now, sweepBatch) },
		func(ctx context.Context, id string) (bool, error) {
			return r.endOf(ctx, id, func(st *Stored) (audit.Change, error) { return lapsing(st, now) })
		})
}

// inBatches ends what due gives, a batch at a time, until there is nothing left. One that cannot end must not keep the others from it,
// but when a whole batch cannot, it would be read again for ever.
func inBatches(ctx context.Context, what string, due func(context.Context) ([]Stored, error), end func(context.Context, string) (bool, error)) error {
	var faults []error
	for {
		list, err := due(ctx)
		if err != nil {
			return fmt.Errorf("reading %s: %w", what, err)
		}
		moved := 0
		for _, st := range list {
			ok, err := end(ctx, st.ID)
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: ending that of record %d: %w", what, st.Nr, err))
			}
			if ok {
				moved++
			}
		}
		if moved == 0 {
			return errors.Join(faults...)
		}
		faults = nil // those are read again, and fail again
	}
}

// endOf commits what has come to its end for a message, and reports whether there was anything.
func (r *Relay) endOf(ctx context.Context, id string, ending func(*Stored) (audit.Change, error)) (moved bool, err error) {
	defer r.moving.lock(id)()
	for range maxRounds {
		st, err := r.store.Message(ctx, id) // as it stands now that nothing else moves it
		if err != nil {
			return false, err
		}
		change, err := ending(&st)
		if err != nil || len(change.Records) == 0 {
			return false, err
		}
		switch _, err = r.keep(ctx, change); {
		case err == nil:
			r.waker.Wake(string(st.SenderOIN))
			return true, nil
		case !errors.Is(err, audit.ErrConflict):
			return false, err
		}
	}
	return false, errBusy
}

// lapsing moves every recipient of st whose term has passed to verlopen, and erases when nobody is left to wait for.
func lapsing(st *Stored, now time.Time) (audit.Change, error) {
	var change audit.Change
	e, err := keptEnvelope(*st)
	if err != nil {
		return change, err
	}
	seen := st.seen()
	st.Recipients = slices.Clone(st.Recipients)
	for i := range st.Recipients {
		to := &st.Recipients[i]
		if to.Status.Delivered() || now.Before(to.Deadline) {
			continue
		}
		change.Writes = append(change.Writes, LapseWrite{Message: st.ID, Party: to.Party, Function: to.Function, From: to.Status, Seen: seen})
		seen = nil
		change.Records = append(change.Records, endRecord(tlog.Lapsed, e, target{to.Party, to.Function, to.People}))
		to.Status = message.Lapsed
	}
	if len(change.Writes) > 0 && st.HasPayload && st.delivered() {
		st.erasePayload(&change, e)
	}
	return change, nil
}

// lapse adds to a change that one recipient will not receive a message.
func lapse(change *audit.Change, id string, e message.Envelope, to *RecipientState) {
	change.Writes = append(change.Writes, LapseWrite{Message: id, Party: to.Party, Function: to.Function, From: to.Status})
	change.Records = append(change.Records, endRecord(tlog.Lapsed, e, target{to.Party, to.Function, to.People}))
	to.Status = message.Lapsed
}

func (r *Relay) sweepStaged(ctx context.Context, now time.Time) error {
	if err := r.store.SweepStaged(ctx, now.Add(-stagedLife)); err != nil {
		return fmt.Errorf("dropping uploads that were never finished: %w", err)
	}
	return nil
}

// destroyKeys destroys the key of each day that has been over for at least stagedLife and protects nothing: from then on, what
// the WAL or a backup still holds of that day is noise. The days are listed before it is asked which are in use, so that a day
// can only turn out to be needed after all, never the other way round.
func (r *Relay) destroyKeys(ctx context.Context, now time.Time) error {
	days, err := r.keys.Days()
	if err != nil {
		return fmt.Errorf("listing the day keys: %w", err)
	}
	used, err := r.store.DaysInUse(ctx)
	if err != nil {
		return fmt.Errorf("reading which day keys are in use: %w", err)
	}
	first := dayOf(now.Add(-stagedLife))
	for _, day := range days {
		if day >= first || slices.Contains(used, day) {
			continue
		}
		if err := r.keys.Destroy(day); err != nil {
			return fmt.Errorf("destroying the key of %s: %w", day, err)
		}
	}
	return nil
}
