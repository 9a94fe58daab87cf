package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// history is what a decision looks back on, read once for all recipients. It costs the same in the first message of a case and in the
// ten thousandth.
type history struct {
	inCase      policy.CaseFacts
	checkedWith []party.OIN        // with whom the sender's party exchanged an answer to a check-op-bekendheid in the case
	sent        map[party.OIN]sent // of a correction only: what the sender's party sent in the case, by recipient
	replied     *Stored            // nil when it is not there, or the sender's party did not receive it in this case
	repliedBy   string             // the convenant that it was sent under
}

// sent is what a party had from another in a case: kinds, and the categories of what was about a person.
type sent struct {
	kinds      []vocabulary.Kind
	categories []vocabulary.Category
}

// checkAnswer is the kind that answers whether a youngster is known; content may follow it (voorwaarde na-hit).
const checkAnswer vocabulary.Kind = "check-op-bekendheid-uitslag"

func (r *Relay) history(ctx context.Context, m matter) (history, error) {
	h := history{inCase: policy.CaseFacts{ID: m.caseID, New: true}}
	if m.caseID != "" {
		s, err := r.store.Standing(ctx, m.caseID, m.sender.Party, checkAnswer)
		if err != nil {
			return h, fmt.Errorf("reading how a party stands to the case of a message: %w", err)
		}
		h.inCase.New, h.inCase.Member, h.checkedWith = s.New, s.Member, s.Answered
		if kind, _ := vocabulary.Default().Kind(m.stated.Kind); kind.Corrects && s.Member {
			if h.sent, err = r.sentBefore(ctx, m); err != nil {
				return h, err
			}
		}
	}
	if m.inReplyTo != nil {
		st, err := r.store.Message(ctx, *m.inReplyTo)
		switch {
		case errors.Is(err, ErrNotFound):
		case err != nil:
			return h, fmt.Errorf("reading the message that is answered: %w", err)
		case st.Case == m.caseID && st.receivedBy(m.sender.Party):
			e, err := keptEnvelope(st)
			if err != nil {
				return h, err
			}
			h.replied, h.repliedBy = &st, e.Convenant.ID
		}
	}
	return h, nil
}

// sentBefore reads the whole case, which a correction is rare enough for.
func (r *Relay) sentBefore(ctx context.Context, m matter) (map[party.OIN]sent, error) {
	before, err := r.store.Case(ctx, m.caseID)
	if err != nil {
		return nil, fmt.Errorf("reading what there is to correct in a case: %w", err)
	}
	all := map[party.OIN]sent{}
	for _, st := range before {
		if st.SenderOIN != m.sender.Party {
			continue
		}
		e, err := keptEnvelope(st)
		if err != nil {
			return nil, err
		}
		kind, _ := vocabulary.Default().Kind(st.Kind)
		for _, to := range st.Recipients {
			had := all[to.Party]
			had.kinds = with(had.kinds, st.Kind)
			if kind.AboutPerson && !kind.Corrects { // a correction of a correction corrects what came before both
				had.categories = with(had.categories, e.Categories...)
			}
			all[to.Party] = had
		}
	}
	return all, nil
}

// with adds what is not in a list yet.
func with[T comparable](list []T, more ...T) []T {
	for _, one := range more {
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}
