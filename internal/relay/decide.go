package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// ruling is the decision on a whole message: one for each recipient, all made on one snapshot at one moment.
type ruling struct {
	time      time.Time
	snapshot  *registry.Snapshot
	rules     Decider
	targets   []target
	facts     []json.RawMessage // as kept in the records
	decisions []policy.Decision
	history   history
	seen      look
	counted   []SentCount                  // what the facts counted, for the write to hold on to
	second    *message.VerifiedCoSignature // nil: nobody signed with the sender
}

// decide rules on a message for every recipient. An error means that there is no decision: nobody may go on.
//
// What the registry holds is looked at again when the message commits (the guard), and so is what was counted (AcceptWrite.Counted). What
// else is read from the store cannot turn a yes into a no in between: messages are never withdrawn from a case, and a case id that
// nobody was told cannot be guessed.
//
// earlier is a ruling on the same message, one that holds only what lookBack saw, or the zero ruling. The facts are always established anew; the rules are asked again
// only when a fact differs, or when they are other rules. They can look at nothing but the facts (policy.New leaves them no clock,
// network or chance), so the same facts have the same answer, and most messages arrive within the second that the facts name.
func (r *Relay) decide(ctx context.Context, m matter, targets []target, earlier ruling) (ruling, error) {
	// One snapshot for all, and then one set of rules: what changes half-way must not give one recipient the old and another the new.
	// Rules that come after the snapshot end it, so that nothing is accepted on the two together.
	out := ruling{
		time: r.now(), snapshot: r.registry(), rules: r.policy(), targets: targets,
		facts: make([]json.RawMessage, len(targets)), decisions: make([]policy.Decision, len(targets)),
	}
	// What came before is read again only after an upload that took its time: in a moment nothing in it turns a yes into a no.
	if out.history = earlier.history; earlier.time.IsZero() || tookLonger(earlier.time, out.time, aMoment) {
		var err error
		if out.history, err = r.history(ctx, m); err != nil {
			return ruling{}, err
		}
	}
	count := r.counter(out.time, m)
	for i, to := range targets {
		var err error
		facts := factsOf(out.snapshot, out.time, m, out.history, to)
		if facts.Established.Sent, err = count.of(ctx, facts.Established.Convenant.Flows); err != nil {
			return ruling{}, err
		}
		if out.facts[i], err = json.Marshal(facts); err != nil {
			return ruling{}, fmt.Errorf("writing the facts of a decision: %w", err)
		}
		if i < len(earlier.facts) && out.rules == earlier.rules && bytes.Equal(earlier.facts[i], out.facts[i]) {
			out.decisions[i] = earlier.decisions[i]
			continue
		}
		if out.decisions[i], err = ask(ctx, out.rules, facts); err != nil {
			return ruling{}, err
		}
	}
	out.seen, out.counted, out.second = earlier.seen, count.done, m.second
	return out, nil
}

// aMoment is how old what was read of a case may be when its message commits.
const aMoment = time.Second

// ask asks the rules that decide now.
func (r *Relay) ask(ctx context.Context, f policy.Facts) (policy.Decision, error) {
	return ask(ctx, r.policy(), f)
}

// ask takes only a whole answer of rules: a yes without any reason against it, or a no that says why.
func ask(ctx context.Context, rules Decider, f policy.Facts) (policy.Decision, error) {
	d, err := rules.Decide(ctx, f)
	if err != nil {
		return policy.Decision{}, fmt.Errorf("deciding on a message: %w", err)
	}
	if d.Allow == (len(d.Reasons) > 0) {
		return policy.Decision{}, errors.New("deciding on a message: the engine's answer contradicts itself")
	}
	return d, nil
}

// denied gives the reasons of every recipient that was refused, or nil when all are allowed: "all are allowed, or none gets it"
// (WIRE, "Messages").
func (d ruling) denied() *Denied {
	var reasons []RecipientReason
	for i, decision := range d.decisions {
		for _, reason := range decision.Reasons {
			reasons = append(reasons, RecipientReason{Reason: reason, Recipient: d.targets[i].name()})
		}
	}
	if len(reasons) == 0 {
		return nil
	}
	return &Denied{Reasons: reasons}
}

// name is how a recipient is named in answers.
func (t target) name() string { return string(t.party) + "/" + string(t.function) }

// Terms that come as obligations of a permission.
const (
	transitTerm        = "doorvoertermijn"
	defaultTransitTerm = 72 * time.Hour // VOCABULARY: `doorvoertermijn: PT72H`
)

// deadline is when the ciphertext for one recipient is erased, delivered or not.
func (d ruling) deadline(i int) (time.Time, error) {
	for _, o := range d.decisions[i].Obligations {
		if o.Code != transitTerm || o.Value == "" {
			continue
		}
		term, err := convenant.ParseTerm(o.Value)
		if err != nil {
			return time.Time{}, fmt.Errorf("reading the doorvoertermijn of a decision: %w", err)
		}
		return d.time.Add(term), nil
	}
	return d.time.Add(defaultTransitTerm), nil
}
