package relay

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
)

// longestDecided is how long a decision waits to be kept, counted from the look that it rests on; after that it is made again. Under load
// that takes a tenth of a second.
const longestDecided = 10 * time.Second

// commit keeps decision, ciphertext and records in one transaction, under a decision made just before it.
func (r *Relay) commit(ctx context.Context, v message.VerifiedEnvelope, m matter, targets []target, in *intake, first ruling) (Accepted, error) {
	e := v.Envelope()
	counting := false
	for range maxRounds {
		// What is known of this id must be no older than the decision that is made now: see AcceptWrite.Seen.
		if tookLonger(first.seen.at, r.now(), aMoment) {
			done, again, err := r.lookBack(ctx, v)
			if err != nil || done.Again {
				return done, err
			}
			first.seen = again.seen
		}
		d, err := r.decide(ctx, m, targets, first)
		if err != nil {
			return Accepted{}, err
		}
		if len(d.counted) > 0 && !counting {
			// A decision that counts goes one at a time for each participant, or two at once would both be the last one allowed. Between
			// processes the write sees to it (SentCount).
			defer r.counting.lock(string(e.Sender.Party) + "/" + e.Sender.Participant)()
			if counting = true; ctx.Err() != nil {
				return Accepted{}, fmt.Errorf("waiting to count: %w", ctx.Err())
			}
			if d, err = r.decide(ctx, m, targets, first); err != nil {
				return Accepted{}, err
			}
		}
		if err := d.stillCounts(v); err != nil {
			// By a card that another process has seen replaced, or not?
			if newer, lookErr := r.newer(ctx, d.snapshot); lookErr != nil || !newer {
				return Accepted{}, cmp.Or(lookErr, err)
			}
			continue
		}
		if d.denied() != nil {
			if done, err := r.refuse(ctx, v, d); !errors.Is(err, errStale) {
				return done, err
			}
			if _, err := r.newer(ctx, d.snapshot); err != nil {
				return Accepted{}, err
			}
			continue
		}
		change, err := r.change(v, d, in)
		if err != nil {
			return Accepted{}, err
		}
		// The key may be gone since the upload began, where the clock of another process ran ahead by more than stagedLife, or be another one,
		// where the keys were lost: who was told that it is accepted would wait for what nobody can read.
		key, err := r.keys.Get(in.day, false)
		if err == nil && !bytes.Equal(key, in.key) {
			err = ErrKeyGone
		}
		if err != nil {
			return Accepted{}, fmt.Errorf("looking for the key of a message before it is kept: %w", err)
		}
		held := heldBy(d.snapshot)
		change.Guard = func(registry int64) error {
			if err := held(registry); err != nil {
				return err
			}
			if tookLonger(first.time, r.now(), longestIntake) {
				return errTooSlow
			}
			// A process that stood still must not keep on what it decided before: by now the hour or the day is another.
			if tookLonger(d.seen.at, r.now(), longestDecided) {
				return errStale
			}
			return nil
		}
		done, err := r.keep(ctx, change)
		switch {
		case err == nil:
			for _, to := range targets {
				r.waker.Wake(string(to.party))
			}
			receipt, err := done.Receipt(len(targets))
			return Accepted{ID: e.ID, Receipt: receipt}, err
		case errors.Is(err, errStale):
			if _, err := r.newer(ctx, d.snapshot); err != nil {
				return Accepted{}, err
			}
			continue
		case errors.Is(err, audit.ErrConflict):
			// Somebody kept this id since we looked: most likely the same send, twice at once. Or it was refused since, at another process, which
			// told the sender so; or something was counted that is no longer right. Then it is decided again, knowing that.
			done, again, err := r.lookBack(ctx, v)
			if err != nil || done.Again {
				return done, err
			}
			first.seen = again.seen
		default:
			return Accepted{}, fmt.Errorf("keeping a message: %w", err)
		}
	}
	return Accepted{}, fmt.Errorf("keeping a message, %d times: %w", maxRounds, errBusy)
}

// stillCounts looks at the keys again, in the snapshot that the guard holds on to. One may have been replaced during the upload: the
// sender's, because somebody else had it, or one that the payload was encrypted for.
func (d ruling) stillCounts(v message.VerifiedEnvelope) error {
	if !signer(d.snapshot.Book, v) {
		return ErrSender
	}
	if d.second != nil {
		if _, ok := coSigner(d.snapshot.Book, d.second.Kid(), v.Envelope().Sender.Party); !ok {
			return ErrCoSigner
		}
	}
	return checkCards(d.snapshot.Book, v.Envelope())
}

// change is everything that is kept of an accepted message: a besluit for each recipient, then `aangeboden`, then `medeondertekend` when
// somebody signed with the sender, and the message; then the reviews that it is under.
func (r *Relay) change(v message.VerifiedEnvelope, d ruling, in *intake) (audit.Change, error) {
	e := v.Envelope()
	st := Stored{
		ID: e.ID, Kind: e.Kind, Time: d.time, Case: e.Case, SenderOIN: e.Sender.Party, SenderID: e.Sender.Participant,
		Envelope: v.Compact(), Digest: v.Digest().String(), HasPayload: true, HasMotive: e.Motivation != nil,
		Recipients: make([]RecipientState, len(d.targets)),
	}
	for i, to := range d.targets {
		deadline, err := d.deadline(i)
		if err != nil {
			return audit.Change{}, err
		}
		st.Recipients[i] = RecipientState{Party: to.party, Function: to.function, People: to.people, Status: message.Offered, Deadline: deadline}
	}
	change := audit.Change{
		Records: append(append(d.decisionRecords(v, true), d.offeredRecord(v)), d.coSignedRecords(v, true)...),
		Writes: []audit.Write{AcceptWrite{
			Message: st, RecordIndex: len(d.targets), Day: in.day, Inline: in.inline, Staging: in.staging, SubjectTags: e.Subjects,
			Counted: d.counted, Seen: d.seen.size,
		}},
	}
	return change, d.openReviews(&change, e)
}
