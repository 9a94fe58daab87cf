package relay

import (
	"context"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Message gives a message that the caller's party sent or received, with the receipt of its acceptance. What is not theirs to
// see is ErrNotFound, like what is not there.
func (r *Relay) Message(ctx context.Context, caller auth.Caller, id string) (Stored, tlog.Receipt, error) {
	st, err := r.visible(ctx, caller, id)
	if err != nil {
		return Stored{}, tlog.Receipt{}, err
	}
	receipt, err := r.log.Receipt(ctx, st.Nr)
	if err != nil {
		return Stored{}, tlog.Receipt{}, fmt.Errorf("giving the receipt of record %d again: %w", st.Nr, err)
	}
	return st, receipt, nil
}

func (r *Relay) visible(ctx context.Context, caller auth.Caller, id string) (Stored, error) {
	if !message.ValidID(id) {
		return Stored{}, ErrNotFound
	}
	st, err := r.store.Message(ctx, id)
	if err != nil {
		return Stored{}, fmt.Errorf("reading a message: %w", err)
	}
	if !st.involves(caller.OIN()) {
		return Stored{}, ErrNotFound
	}
	return st, nil
}

// Messages gives a list of the caller's party: q.Party is set here, whatever it was. An inbox for a person also holds what is
// for those whom that person replaces today.
func (r *Relay) Messages(ctx context.Context, caller auth.Caller, q Query) ([]Stored, string, error) {
	q.Party, q.Also = caller.OIN(), nil
	if q.Inbox && q.Person != "" {
		now := r.now()
		for _, p := range r.registry().Book.Participants(q.Party) {
			if replaces(p.Participant(), q.Person, now) {
				q.Also = append(q.Also, p.Participant().ID)
			}
		}
	}
	list, cursor, err := r.store.Messages(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("reading a list of messages: %w", err)
	}
	return list, cursor, nil
}

// replaces reports whether id is the recorded substitute of somebody who is absent at t: afwezigTot is the last day, inclusive,
// Europe/Amsterdam.
func replaces(absent party.Participant, id string, t time.Time) bool {
	return absent.Substitute != nil && *absent.Substitute == id && absent.AbsentUntil != nil &&
		party.Validity{From: "0001-01-01", Until: *absent.AbsentUntil}.Contains(t)
}

// Case gives the time line of a case, as far as the caller's party sent or received it; ErrNotFound when that is nothing.
func (r *Relay) Case(ctx context.Context, caller auth.Caller, id string) ([]Stored, error) {
	if !message.ValidID(id) {
		return nil, ErrNotFound
	}
	all, err := r.store.Case(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading a case: %w", err)
	}
	var theirs []Stored
	for _, st := range all {
		if st.involves(caller.OIN()) {
			theirs = append(theirs, st)
		}
	}
	if len(theirs) == 0 {
		return nil, ErrNotFound
	}
	return theirs, nil
}

// Reviews gives open reviews of the caller's party, in the order in which they were opened, after record `after` (-1: from the
// beginning). They are for its privacy officers: ErrNotOfficer.
func (r *Relay) Reviews(ctx context.Context, caller auth.Caller, after int64, limit int) ([]Review, error) {
	if !holds(caller, vocabulary.FunctionPrivacyOfficer) {
		return nil, ErrNotOfficer
	}
	list, err := r.store.OpenReviews(ctx, caller.OIN(), after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading open reviews: %w", err)
	}
	return list, nil
}
