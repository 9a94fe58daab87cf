package api

import (
	"net/http"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// failure is the answer to a question of a batch that could not be read: no, and what is wrong with it.
type failure struct {
	Status  int        `json:"status"`
	Message string     `json:"message"`
	Faults  fault.List `json:"fouten"`
}

// postEvaluations answers many questions in the order in which they came (AuthZEN 1.0, "Access Evaluations API").
func (s *server) postEvaluations(k *call) error {
	body, err := k.body()
	if err != nil {
		return err
	}
	b, err := readBatch(body, s.Words)
	if err != nil {
		return err
	}
	answers := make([]evaluation, 0, len(b.items))
	for _, one := range b.items {
		answer := malformedEvaluation(one.faults)
		if len(one.faults) == 0 {
			if answer, err = s.evaluate(k, one.question); err != nil {
				return err // Sluis itself could not: there is no half answer
			}
		}
		answers = append(answers, answer)
		if b.semantic.ends(answer.Decision) {
			break
		}
	}
	s.limiter.charge(string(k.party), len(answers)/evaluationsPerCall)
	if b.single {
		return k.json(http.StatusOK, answers[0])
	}
	return k.json(http.StatusOK, map[string]any{"evaluations": answers})
}

// malformedEvaluation says no to a question that could not be read: "decisions default to closed".
func malformedEvaluation(faults fault.List) evaluation {
	e := evaluationOf(policy.Decision{}, "")
	if len(faults) > 0 {
		e.Context.Error = &failure{http.StatusBadRequest, "Deze vraag klopt niet.", faults}
	}
	return e
}

// evaluationsPerCall is how many decisions cost a caller as much of its limit as one call does.
const evaluationsPerCall = 10
