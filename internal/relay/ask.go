package relay

import (
	"context"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Question is what somebody asks first: a message that does not exist yet.
type Question struct {
	Caller            auth.Caller
	Function          vocabulary.Function // "" : any function of the caller that a flow names
	Recipient         party.OIN
	RecipientFunction vocabulary.Function
	Convenant         message.ConvenantRef
	Stated            policy.Stated
	WpgDecision       *string
	Case              string // "" for a new one
	InReplyTo         *string
	Subjects          int
}

// Advice is the answer when somebody asks first.
type Advice struct {
	Decision policy.Decision
}

// Ask decides as Accept would, by the same facts and rules, and keeps nothing. Whoever stands on the recipient's card in the
// function that is asked about is taken as the one addressed. A message that needs a sealed motivation is asked about as if it came
// along: whether it is there can only be seen when it is sent, and the obligation to have it reviewed tells who asks. So it is with a
// second signature, where a flow wants one. What a flow lets a participant send in a period is counted as it is now.
func (r *Relay) Ask(ctx context.Context, q Question) (Advice, error) {
	now, snapshot := r.now(), r.registry()
	m := q.matter()
	h, err := r.history(ctx, m)
	if err != nil {
		return Advice{}, err
	}
	to := target{party: q.Recipient, function: q.RecipientFunction, people: contact(snapshot, now, q.Recipient, q.RecipientFunction)}
	functions := []vocabulary.Function{q.Function}
	if q.Function == "" {
		functions = slices.Clone(q.Caller.Participant.Participant().Functions)
	}
	count := r.counter(now, m)
	var best policy.Decision
	for i, f := range functions {
		m.sender.Function = f
		facts := factsOf(snapshot, now, m, h, to)
		if facts.Established.Sent, err = count.of(ctx, facts.Established.Convenant.Flows); err != nil {
			return Advice{}, err
		}
		d, err := r.ask(ctx, facts)
		if err != nil {
			return Advice{}, err
		}
		// The function that may; else the one that comes nearest: fewest reasons against it.
		if d.Allow {
			return Advice{Decision: d}, nil
		}
		if i == 0 || len(d.Reasons) < len(best.Reasons) {
			best = d
		}
	}
	return Advice{Decision: best}, nil
}

func (q Question) matter() matter {
	stated := q.Stated
	if stated.Categories == nil {
		stated.Categories = []vocabulary.Category{}
	}
	if stated.Statements == nil {
		stated.Statements = map[vocabulary.Statement]bool{}
	}
	return matter{
		convenant: q.Convenant,
		sender:    message.Sender{Party: q.Caller.OIN(), Participant: q.Caller.ID()},
		stated:    stated,
		caseID:    q.Case, inReplyTo: q.InReplyTo, wpg: q.WpgDecision, subjects: q.Subjects,
		motivated: needsMotivation(stated),
		asked:     true,
	}
}

// What asks for a sealed motivation besides the urgency (VOCABULARY, "Conditions").
const (
	crisisReport     vocabulary.Kind      = "crisismelding"
	unsafeToTellHome vocabulary.Statement = "oudersNietInformerenVeiligheid"
)

// needsMotivation: a crisis, and parents who are not informed because that is not safe. Without it whoever asks about such a
// youngster would hear that the parents must know first.
func needsMotivation(s policy.Stated) bool {
	return s.Urgency == vocabulary.Crisis || s.Kind == crisisReport || s.Statements[unsafeToTellHome]
}

// contact gives one participant with a valid card in a function, or nobody.
func contact(s *registry.Snapshot, now time.Time, oin party.OIN, f vocabulary.Function) []string {
	for _, p := range s.Book.WithFunction(oin, f) {
		if p.Participant().Valid.Contains(now) {
			return []string{p.Participant().ID}
		}
	}
	return nil
}
