package relay

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Confirm takes a bevestiging+jws: by an addressed participant or the recorded substitute, over this message and this envelope.
// The first of each soort moves the status of the recipient along the arrows; the same JWS again gives the same answer. Errors:
// fault.List, ErrNotFound, ErrNotAddressed, ErrSender, message.ErrTransition (409), and anything else is 503: nothing was kept, unless it
// is audit.ErrInDoubt or audit.ErrKept.
func (r *Relay) Confirm(ctx context.Context, caller auth.Caller, id, compact string) (Stored, tlog.Receipt, error) {
	type confirmed struct {
		message Stored
		receipt tlog.Receipt
	}
	done, err := audit.Staying(ctx, func() (done confirmed, err error) {
		done.message, done.receipt, err = r.confirmInTurn(ctx, caller, id, compact)
		return done, err
	})
	return done.message, done.receipt, err
}

func (r *Relay) confirmInTurn(ctx context.Context, caller auth.Caller, id, compact string) (Stored, tlog.Receipt, error) {
	if _, err := r.visible(ctx, caller, id); err != nil {
		return Stored{}, tlog.Receipt{}, err
	}
	confirmation, err := onNewest(ctx, r, func(s *registry.Snapshot) (message.VerifiedConfirmation, error) {
		return signedConfirmation(s.Book, caller, compact)
	})
	if err != nil {
		return Stored{}, tlog.Receipt{}, err
	}
	// From reading the status to moving it, no other confirmation of this message (see stripes).
	defer r.moving.lock(id)()
	for range maxRounds {
		// First what is in force, then the message: a confirmation that was kept before a card changed is seen by who sees that change, so that
		// a repeated one gets the answer of the first.
		s := r.registry()
		st, err := r.visible(ctx, caller, id)
		if err != nil {
			return Stored{}, tlog.Receipt{}, err
		}
		after, receipt, err := r.confirm(ctx, s, caller, st, confirmation)
		if errors.Is(err, audit.ErrConflict) {
			continue // another process moved it: look again
		}
		if err == nil || errors.Is(err, audit.ErrInDoubt) || errors.Is(err, audit.ErrKept) { // which is true whatever is in force
			return after, receipt, err
		}
		if newer, lookErr := r.newer(ctx, s); lookErr != nil || !newer {
			return Stored{}, tlog.Receipt{}, cmp.Or(lookErr, err)
		}
	}
	return Stored{}, tlog.Receipt{}, fmt.Errorf("confirming a message, %d times: %w", maxRounds, errBusy)
}

// signedConfirmation verifies that the caller signed: as with an envelope, caller and owner of the `kid` are the same.
func signedConfirmation(book *party.Book, caller auth.Caller, compact string) (message.VerifiedConfirmation, error) {
	parsed, err := message.ParseConfirmation(compact)
	if err != nil {
		return message.VerifiedConfirmation{}, err
	}
	owner, ok := book.ByKid(parsed.Kid())
	if !ok || owner.Participant().OIN != caller.OIN() || owner.Participant().ID != caller.ID() {
		return message.VerifiedConfirmation{}, ErrSender
	}
	confirmation, err := parsed.Verify(owner.Participant().Key)
	if err != nil {
		return message.VerifiedConfirmation{}, ErrSender
	}
	return confirmation, nil
}

// confirm judges the confirmation against the message as it stands and keeps it. audit.ErrConflict when that is no longer so; errStale
// when the cards are no longer those in force.
func (r *Relay) confirm(ctx context.Context, s *registry.Snapshot, caller auth.Caller, st Stored, v message.VerifiedConfirmation) (Stored, tlog.Receipt, error) {
	c := v.Confirmation()
	if !r.counts(s, caller) {
		return Stored{}, tlog.Receipt{}, errStale
	}
	// Sent before? Before the clock check, as with an envelope; and before looking who is addressed now, which may be somebody else since.
	if slices.Contains(st.Confirmed, v.Compact()) {
		receipt, err := r.receiptOf(ctx, tlog.RecordKind(c.Kind), v.Compact())
		return st, receipt, err
	}
	addressed := r.addressed(s, caller, st)
	if len(addressed) == 0 {
		return Stored{}, tlog.Receipt{}, ErrNotAddressed
	}
	if err := sameMessage(c, st); err != nil {
		return Stored{}, tlog.Receipt{}, err
	}
	if err := c.CheckClock(r.now()); err != nil {
		return Stored{}, tlog.Receipt{}, err
	}
	change, err := r.confirming(ctx, caller, &st, addressed, v)
	if err != nil {
		return Stored{}, tlog.Receipt{}, err
	}
	held := heldBy(s)
	change.Guard = func(registry int64) error {
		if err := held(registry); err != nil {
			return err
		}
		// By the clock of now: a process that stood still since it looked must not take what another has refused meanwhile, because the day of a
		// substitute is over or the confirmation is too old. That is no record, so only the time tells.
		if !r.counts(s, caller) || !slices.Equal(r.addressed(s, caller, st), addressed) || c.CheckClock(r.now()) != nil {
			return audit.ErrConflict
		}
		return nil
	}
	done, err := r.keep(ctx, change)
	if err != nil {
		return Stored{}, tlog.Receipt{}, fmt.Errorf("keeping a confirmation of the message of record %d: %w", st.Nr, err)
	}
	r.waker.Wake(string(st.SenderOIN))
	receipt, err := done.Receipt(0)
	return st, receipt, err
}

func sameMessage(c message.Confirmation, st Stored) error {
	var faults fault.List
	if c.Message != st.ID {
		faults.Add("bericht", "de bevestiging is van een ander bericht")
	}
	if c.Envelope.String() != st.Digest {
		faults.Add("envelop", "de bevestiging is over een andere envelop dan die van dit bericht")
	}
	return faults.Err()
}

// confirming moves st and gives the change that keeps it: the confirmation, and when it was the last one that was waited for,
// the erasure with it; and the reviews that it asks for. Somebody who is addressed in two functions confirms for both, as far as the
// arrows go.
func (r *Relay) confirming(ctx context.Context, caller auth.Caller, st *Stored, addressed []int, v message.VerifiedConfirmation) (audit.Change, error) {
	e, err := keptEnvelope(*st)
	if err != nil {
		return audit.Change{}, err
	}
	var change audit.Change
	c, compact := v.Confirmation(), v.Compact()
	seen := st.seen()
	st.Recipients = slices.Clone(st.Recipients)
	for _, i := range addressed {
		to := &st.Recipients[i]
		next, err := message.Next(to.Status, c.Kind)
		if err != nil {
			continue
		}
		change.Writes = append(change.Writes, ConfirmWrite{
			Message: st.ID, Party: to.Party, Function: to.Function, From: to.Status, To: next, Kind: c.Kind, Compact: compact,
			Seen: seen,
		})
		seen = nil
		rec := answerRecord(tlog.RecordKind(c.Kind), e, caller.OIN(), caller.ID(), to.Function)
		rec.Subjects, rec.JWS = c.Subjects, &compact
		change.Records = append(change.Records, rec)
		to.Status = next
	}
	if len(change.Writes) == 0 {
		return audit.Change{}, message.ErrTransition
	}
	st.Confirmed = append(slices.Clone(st.Confirmed), compact)
	if err := r.reviewUndeclared(ctx, &change, e, c, *change.Records[0].Sender); err != nil {
		return audit.Change{}, err
	}
	if st.HasPayload && st.delivered() {
		st.erasePayload(&change, e)
	}
	return change, nil
}

// delivered reports whether no recipient needs the ciphertext any more.
func (s Stored) delivered() bool {
	return !slices.ContainsFunc(s.Recipients, func(r RecipientState) bool { return !r.Status.Delivered() })
}

// erasePayload adds the erasure of the lading to a change, in the same transaction as what made it superfluous. The motivering
// stays for its review.
func (s *Stored) erasePayload(change *audit.Change, e message.Envelope) {
	erase(change, e, PayloadPart)
	s.HasPayload = false
}

// erase adds the erasure of one age file, with a record that says which: `feiten.deel`, and its digest in `lading`.
func erase(change *audit.Change, e message.Envelope, part Part) {
	change.Writes = append(change.Writes, EraseWrite{Message: e.ID, Part: part})
	rec := endRecord(tlog.Erased, e, targetsOf(e)...)
	rec.Facts = json.RawMessage(`{"deel":"` + string(part) + `"}`)
	if part == MotivationPart && e.Motivation != nil {
		rec.Payload = &tlog.PayloadRef{Digest: e.Motivation.Digest.String()}
	}
	change.Records = append(change.Records, rec)
}

func (r *Relay) receiptOf(ctx context.Context, kind tlog.RecordKind, jws string) (tlog.Receipt, error) {
	nr, err := r.store.RecordOf(ctx, kind, jws)
	if errors.Is(err, audit.ErrNotFound) {
		err = audit.ErrTree // what is kept beside the trail is in the trail, or the trail is not the one that it was
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
