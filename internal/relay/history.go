package relay

import (
	"context"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// history is what a decision looks back on, read once for all recipients. It costs the same in the first message of a case and in the
// ten thousandth.
type history struct {
	inCase      policy.CaseFacts
	checkedWith []party.OIN // with whom the sender's party exchanged an answer to a check-op-bekendheid in the case
	replied     *Stored     // nil when it is not there, or the sender's party did not receive it in this case
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
	}
	if m.inReplyTo != nil {
		st, err := r.store.Message(ctx, *m.inReplyTo)
		switch {
		case errors.Is(err, ErrNotFound):
		case err != nil:
			return h, fmt.Errorf("reading the message that is answered: %w", err)
		case st.Case == m.caseID && st.receivedBy(m.sender.Party):
			h.replied = &st
		}
	}
	return h, nil
}
