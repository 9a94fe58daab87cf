package api

import (
	"net/http"
	"time"

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
	began, answers := time.Now(), make([]evaluation, 0, len(b.items))
	defer func() { s.limiter.charge(string(k.party), worth(len(answers), time.Since(began))) }()
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
		if len(answers) < len(b.items) && time.Since(began) > batchTerm {
			var faults fault.List
			faults.Add("evaluations", "kosten samen te veel tijd; stel er minder tegelijk")
			return malformed(faults)
		}
	}
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

// How many decisions, and how much time of the rules, cost a caller as much of its limit as one call does. Nearly always it is the
// number; under a convenant with hundreds of flows between two roles it is the time, and a caller without limit could take a processor.
const (
	evaluationsPerCall = 10
	timePerCall        = 5 * time.Millisecond
	batchTerm          = 5 * time.Second // after which a batch is refused
)

// worth gives how many calls decisions count for, beside the call that asked for them.
func worth(decisions int, took time.Duration) int {
	return max(decisions/evaluationsPerCall, int(took/timePerCall))
}
