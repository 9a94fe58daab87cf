package relay

import (
	"context"
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// reviewUndeclared opens a review at the sender's and the confirming recipient's party when the recipient says that the payload held
// what the envelope does not name. A party that has this review already gets no second one.
func (r *Relay) reviewUndeclared(ctx context.Context, change *audit.Change, e message.Envelope, c message.Confirmation, by tlog.Actor) error {
	if c.Conform {
		return nil
	}
	have, err := r.store.ReviewsOf(ctx, e.ID)
	if err != nil {
		return fmt.Errorf("reading the reviews of a message: %w", err)
	}
	due, err := termAfter(defaultReviewTerm, r.now())
	if err != nil {
		return err
	}
	for _, of := range slices.Compact([]party.OIN{e.Sender.Party, party.OIN(by.Party)}) {
		if !slices.ContainsFunc(have, func(v Review) bool { return v.Party == of && v.Cause == CauseUndeclared }) {
			openReview(change, e, by, of, CauseUndeclared, due)
		}
	}
	return nil
}
