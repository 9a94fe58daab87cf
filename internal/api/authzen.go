package api

import (
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// getAuthZEN is the metadata of OpenID AuthZEN 1.0 ("Policy Decision Point Metadata").
func (s *server) getAuthZEN(k *call) error {
	return k.json(http.StatusOK, map[string]string{
		"policy_decision_point":       s.Origin,
		"access_evaluation_endpoint":  s.Origin + pathEvaluation,
		"access_evaluations_endpoint": s.Origin + pathEvaluations,
		"search_subject_endpoint":     s.Origin + pathSearchSubject,
		"search_resource_endpoint":    s.Origin + pathSearchResource,
		"search_action_endpoint":      s.Origin + pathSearchAction,
	})
}

// The default paths of AuthZEN 1.0 ("HTTPS JSON Binding").
const (
	pathEvaluation     = "/access/v1/evaluation"
	pathEvaluations    = "/access/v1/evaluations"
	pathSearchSubject  = "/access/v1/search/subject"
	pathSearchResource = "/access/v1/search/resource"
	pathSearchAction   = "/access/v1/search/action"
)

// evaluation is the answer of AuthZEN: a decision, and in its context why. The four keys are always there.
type evaluation struct {
	Decision bool `json:"decision"`
	Context  struct {
		Reasons     []relay.RecipientReason `json:"redenen"`
		Allowed     []vocabulary.Category   `json:"toegestaneGegevens"`
		Obligations []policy.Obligation     `json:"verplichtingen"`
		Articles    []string                `json:"artikelen"`
		Error       *failure                `json:"error,omitempty"` // of a question of a batch that could not be read
	} `json:"context"`
}

// postEvaluation answers "mag ik dit delen?" by the same rules as sending, and keeps nothing but a count.
func (s *server) postEvaluation(k *call) error {
	body, err := k.body()
	if err != nil {
		return err
	}
	q, err := readQuestion(body, s.Words)
	if err != nil {
		return err
	}
	began := time.Now()
	answer, err := s.evaluate(k, q)
	s.limiter.charge(string(k.party), worth(1, time.Since(began)))
	if err != nil {
		return err
	}
	return k.json(http.StatusOK, answer)
}

// evaluate answers one question that was read.
func (s *server) evaluate(k *call, q question) (evaluation, error) {
	caller, known := s.subject(k.caller, q.subjectParty, q.subjectID)
	if !known {
		// AuthZEN knows no error for a subject that may not be asked about; WIRE: "a subject of another party: decision: false".
		return evaluationOf(policy.Decision{}, ""), nil
	}
	q.Caller = caller
	advice, err := s.Relay.Ask(k.Request().Context(), q.Question)
	if err != nil {
		return evaluation{}, err
	}
	s.Advised.advised(q.Stated.Kind, advice.Decision.Allow)
	return evaluationOf(advice.Decision, string(q.Recipient)+"/"+string(q.RecipientFunction)), nil
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
