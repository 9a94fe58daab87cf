package api

import (
	"net/http"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// getAuthZEN is the metadata of OpenID AuthZEN 1.0 ("Policy Decision Point Metadata"). Evaluations in bulk and search come with
// a later version; what is not named here is not there.
func (s *server) getAuthZEN(k *call) error {
	return k.json(http.StatusOK, map[string]string{
		"policy_decision_point":      s.Origin,
		"access_evaluation_endpoint": s.Origin + "/access/v1/evaluation",
	})
}

// evaluation is the answer of AuthZEN: a decision, and in its context why. The four keys are always there.
type evaluation struct {
	Decision bool `json:"decision"`
	Context  struct {
		Reasons     []relay.RecipientReason `json:"redenen"`
		Allowed     []vocabulary.Category   `json:"toegestaneGegevens"`
		Obligations []policy.Obligation     `json:"verplichtingen"`
		Articles    []string                `json:"artikelen"`
	} `json:"context"`
}

// postEvaluation answers "mag ik dit delen?" by the same rules as sending, and keeps nothing.
func (s *server) postEvaluation(k *call) error {
	body, err := k.body()
	if err != nil {
		return err
	}
	q, err := readQuestion(body, s.Words)
	if err != nil {
		return err
	}
	caller, known := s.subject(k.caller, q.subjectParty, q.subjectID)
	if !known {
		// AuthZEN knows no error for a subject that may not be asked about; WIRE: "a subject of another party: decision: false".
		return k.json(http.StatusOK, evaluationOf(policy.Decision{}, ""))
	}
	q.Caller = caller
	advice, err := s.Relay.Ask(k.Request().Context(), q.Question)
	if err != nil {
		return err
	}
	return k.json(http.StatusOK, evaluationOf(advice.Decision, string(q.Recipient)+"/"+string(q.RecipientFunction)))
}

// subject gives the participant that is asked about: the caller, or somebody else of the caller's party.
func (s *server) subject(caller auth.Caller, oin party.OIN, id string) (auth.Caller, bool) {
	if oin != caller.OIN() {
		return auth.Caller{}, false
	}
	if id == caller.ID() {
		return caller, true
	}
	other, ok := s.Registry.Snapshot().Book.Participant(oin, id)
	// No kid: who is asked about has not shown a key.
	return auth.Caller{Party: caller.Party, Participant: other}, ok
}

func evaluationOf(d policy.Decision, recipient string) evaluation {
	var e evaluation
	e.Decision = d.Allow
	e.Context.Reasons = make([]relay.RecipientReason, len(d.Reasons))
	for i, reason := range d.Reasons {
		e.Context.Reasons[i] = relay.RecipientReason{Reason: reason, Recipient: recipient}
	}
	e.Context.Allowed = listed(d.AllowedCategories)
	e.Context.Obligations = listed(d.Obligations)
	e.Context.Articles = listed(d.Articles)
	return e
}
