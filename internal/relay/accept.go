package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Upload is a message as it comes in: the envelope first, then a second signature, then the age files, read once.
type Upload struct {
	Envelope    string
	CoSignature func() (string, error)    // "" when the part is absent
	Motivation  func() (io.Reader, error) // nil reader when the part is absent
	Payload     func() (io.Reader, error) // asked for after the first decision
}

// Accepted is a message that was accepted, now or before.
type Accepted struct {
	ID      string
	Receipt tlog.Receipt
	Again   bool // the same envelope had been accepted before
}

// maxRounds is how often a change is tried when the registry or another change came in between. Each round lost means that
// somebody else got on, so the answer after that many is: later.
const maxRounds = 5

// errBusy ends what was tried too often.
var errBusy = errors.New("relay: others kept coming in between")

// Accept is the whole way in. Errors: fault.List (400), ErrSender and ErrCoSigner (403 afzender-onjuist), *Denied (403), *OutdatedCard (409, with
// the new version), ErrIDTaken (409), and anything else is 503: nothing was kept.
func (r *Relay) Accept(ctx context.Context, caller auth.Caller, up Upload) (Accepted, error) {
	// Form before anything else: no key, no store, no policy is bothered with what is no envelope.
	parsed, err := message.ParseEnvelope(up.Envelope)
	if err != nil {
		return Accepted{}, err
	}
	// Who signed, before anything that the envelope says is believed.
	envelope, err := onNewest(ctx, r, func(s *registry.Snapshot) (message.VerifiedEnvelope, error) { return signed(s.Book, caller, parsed) })
	if err != nil {
		return Accepted{}, err
	}
	// Sent before? Before the clock check: who repeats a send that got no answer must get the first one's, however late.
	done, seen, err := r.lookBack(ctx, envelope)
	if err != nil || done.Again {
		return done, err
	}
	done, err = r.acceptNew(ctx, envelope, seen, up)
	if isNo(err) {
		return r.unlessAccepted(ctx, envelope, err)
	}
	return done, err
}

// acceptNew is the way in of a message that was not there when it was looked for.
func (r *Relay) acceptNew(ctx context.Context, envelope message.VerifiedEnvelope, seen ruling, up Upload) (Accepted, error) {
	second, err := r.coSignature(ctx, envelope, up)
	if err != nil {
		return Accepted{}, err
	}
	// A clock that is off makes terms and decisions wrong, and an old envelope may be a replay of one that was refused.
	e := envelope.Envelope()
	if err := checkClock(e, second, r.now()); err != nil {
		return Accepted{}, err
	}
	// A payload for a key that has moved on would be kept for nobody: said before the sender uploads it.
	if _, err := onNewest(ctx, r, func(s *registry.Snapshot) (struct{}, error) { return struct{}{}, checkCards(s.Book, e) }); err != nil {
		return Accepted{}, err
	}
	// The decision on the envelope, before the first byte of ciphertext is asked for.
	m, targets := matterOf(e), targetsOf(e)
	m.second = second
	done, first, err := r.decideFirst(ctx, envelope, m, targets, seen)
	if err != nil || done.Again {
		return done, err
	}
	in, err := r.newIntake(e, first.time)
	if err != nil {
		return Accepted{}, err
	}
	kept := false
	defer func() {
		if !kept {
			in.drop(ctx)
		}
	}()
	if err := r.takeIn(ctx, in, first, e, up); err != nil {
		return Accepted{}, err
	}
	// And again when it commits: a convenant may have ended during the upload.
	done, err = r.commit(ctx, envelope, m, targets, in, first)
	kept = err == nil && !done.Again
	return done, err
}

func checkClock(e message.Envelope, second *message.VerifiedCoSignature, now time.Time) error {
	if second == nil {
		return e.CheckClock(now)
	}
	return second.CoSignature().CheckClock(e, now)
}

// signed verifies the envelope: its signature, and that "the caller, the `afzender` of an envelope and the owner of its `kid`
// are one and the same" (WIRE). Which of these it was is not told apart.
func signed(book *party.Book, caller auth.Caller, parsed message.ParsedEnvelope) (message.VerifiedEnvelope, error) {
	owner, ok := book.ByKid(parsed.Kid())
	if !ok {
		return message.VerifiedEnvelope{}, ErrSender
	}
	envelope, err := parsed.Verify(owner.Participant().Key)
	if err != nil {
		return message.VerifiedEnvelope{}, ErrSender
	}
	from := envelope.Envelope().Sender
	if from.Party != caller.OIN() || from.Participant != caller.ID() ||
		owner.Participant().OIN != from.Party || owner.Participant().ID != from.Participant {
		return message.VerifiedEnvelope{}, ErrSender
	}
	return envelope, nil
}

// signer reports whether the key that signed still stands on the card of the sender.
func signer(book *party.Book, v message.VerifiedEnvelope) bool {
	owner, ok := book.ByKid(v.Kid())
	from := v.Envelope().Sender
	return ok && owner.Participant().OIN == from.Party && owner.Participant().ID == from.Participant
}

// before looks for a message with this id. The same envelope gives its receipt (Again), another one ErrIDTaken; nothing at
// all gives the zero Accepted.
func (r *Relay) before(ctx context.Context, v message.VerifiedEnvelope) (Accepted, error) {
	e := v.Envelope()
	st, err := r.store.Message(ctx, e.ID)
	switch {
	case errors.Is(err, ErrNotFound):
		return Accepted{}, nil
	case err != nil:
		return Accepted{}, fmt.Errorf("looking for the message of a repeated send: %w", err)
	case st.SenderOIN != e.Sender.Party || st.Digest != v.Digest().String():
		return Accepted{}, ErrIDTaken
	}
	receipt, err := r.log.Receipt(ctx, st.Nr)
	if err != nil {
		return Accepted{}, fmt.Errorf("giving the receipt of record %d again: %w: %w", st.Nr, audit.ErrKept, err)
	}
	return Accepted{ID: e.ID, Receipt: receipt, Again: true}, nil
}
