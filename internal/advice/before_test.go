package advice_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const (
	check       vocabulary.Kind = "check-op-bekendheid"
	checkAnswer vocabulary.Kind = "check-op-bekendheid-uitslag"
)

// before sends what must have been sent before the letter.
func (w *world) before(l *letter, f policy.Facts, to *gatewaytest.Party) error {
	est, agreed := f.Established, w.agreed[f.Established.Convenant.ID]
	from, id := l.sender.Party, l.envelope.Case
	if est.Case.Checked {
		err := w.checked(agreed, from, to, id)
		if err != nil {
			err = w.checked(agreed, to, from, id)
		}
		if err != nil {
			return err
		}
	}
	if r := est.InReplyTo; r != nil {
		earlier, err := w.earlier(agreed, r.Kind, to, from, id, nil)
		if err != nil {
			return err
		}
		l.envelope.InReplyTo = &earlier
	}
	for _, kind := range est.Case.Sent {
		if _, err := w.earlier(agreed, kind, from, to, id, est.Case.SentCategories); err != nil {
			return err
		}
	}
	for range sentBefore(est) {
		again := *l
		again.envelope.ID = message.NewID()
		if a := w.deliver(again); a.status != 201 {
			return fmt.Errorf("sending before gave %d %s", a.status, a.body)
		}
	}
	switch {
	case est.Case.New || est.Case.Checked || est.InReplyTo != nil || len(est.Case.Sent) > 0:
		return nil // the case exists already, or must not
	case est.Case.Member:
		return w.anything(agreed, id, func(a, b *gatewaytest.Party) bool { return a == from || b == from })
	default:
		return w.anything(agreed, id, func(a, b *gatewaytest.Party) bool { return a != from && b != from })
	}
}

func sentBefore(est policy.Established) int {
	if len(est.Sent) == 0 {
		return 0
	}
	return est.Sent[0].Count
}

// checked has one party ask the other whether a youngster is known, and get an answer.
func (w *world) checked(agreed *convenant.Convenant, asks, answers *gatewaytest.Party, id string) error {
	if _, err := w.earlier(agreed, check, asks, answers, id, nil); err != nil {
		return err
	}
	_, err := w.earlier(agreed, checkAnswer, answers, asks, id, nil)
	return err
}

// anything sends a message that begins a case, between any two parties that are wanted.
func (w *world) anything(agreed *convenant.Convenant, id string, wanted func(a, b *gatewaytest.Party) bool) error {
	for _, flow := range agreed.Flows {
		kind, _ := vocabulary.Default().Kind(flow.Kind)
		if len(kind.Answers) > 0 || kind.Corrects {
			continue
		}
		for _, a := range agreed.Parties {
			for _, b := range agreed.Parties {
				from, to := w.parties[a.OIN], w.parties[b.OIN]
				if a.OIN == b.OIN || a.Role != flow.From.Role || b.Role != flow.To.Role || !wanted(from, to) {
					continue
				}
				if _, err := w.earlier(agreed, flow.Kind, from, to, id, nil); err == nil {
					return nil
				}
			}
		}
	}
	return fmt.Errorf("no flow makes such a case: %w", errCannotBe)
}

// way is a flow of a convenant along which something can have been sent.
type way struct {
	agreed *convenant.Convenant
	flow   convenant.Flow
}

// ways gives the flows for a kind, those of this convenant first, and first those that ask least and hold most of what must have been sent.
func (w *world) ways(agreed *convenant.Convenant, kind vocabulary.Kind, from, to *gatewaytest.Party, holds []vocabulary.Category) []way {
	var all []way
	list := []*convenant.Convenant{agreed}
	for _, id := range slices.Sorted(maps.Keys(w.agreed)) {
		list = append(list, w.agreed[id])
	}
	for _, c := range list {
		_, takesPart := c.Member(from.OIN)
		if _, also := c.Member(to.OIN); !takesPart || !also {
			continue
		}
		for _, flow := range c.FlowsFor(kind, from.Role, to.Role) {
			all = append(all, way{c, flow})
		}
	}
	slices.SortStableFunc(all, func(a, b way) int {
		return cmp.Or(len(allowedOf(b.flow, holds))-len(allowedOf(a.flow, holds)), asksCheck(a.flow)-asksCheck(b.flow))
	})
	return all
}

func allowedOf(flow convenant.Flow, holds []vocabulary.Category) []vocabulary.Category {
	return slices.DeleteFunc(slices.Clone(holds), func(c vocabulary.Category) bool { return !slices.Contains(flow.Categories, c) })
}

func asksCheck(flow convenant.Flow) int {
	if slices.ContainsFunc(flow.Conditions, func(c convenant.Condition) bool { return c.Code == "na-hit" }) {
		return 1
	}
	return 0
}

// earlier sends a message of a kind that a flow allows, in a case, and gives its id. It holds as much of what is wanted as the flow allows.
func (w *world) earlier(agreed *convenant.Convenant, kind vocabulary.Kind, from, to *gatewaytest.Party, id string, holds []vocabulary.Category) (string, error) {
	why := "there is none"
	for _, way := range w.ways(agreed, kind, from, to, holds) {
		for _, basis := range way.flow.Bases {
			c := through(way.flow, basis, from, to, allowedOf(way.flow, holds))
			c.InReplyTo = w.answered(way.agreed, kind, from, to)
			facts, err := c.Facts(way.agreed)
			if err != nil {
				return "", err
			}
			if facts.Established.Wpg != nil {
				facts.Established.Wpg.Purposes, facts.Established.Wpg.Categories = way.flow.Purposes, way.flow.Categories
			}
			d, err := w.engine.Decide(w.t.Context(), facts)
			must(w.t, err)
			if !d.Allow {
				why = fmt.Sprint(outcomeOf(d).reasons)
				continue
			}
			l, err := w.enactIn(facts, id) // what answers has a message of its own before it
			if err != nil {
				return "", err
			}
			if a := w.deliver(l); a.status != 201 {
				return "", fmt.Errorf("a %s before gave %d %s", kind, a.status, a.body)
			}
			return l.envelope.ID, nil
		}
	}
	return "", fmt.Errorf("no flow lets a %s go before from %s to %s (%s): %w", kind, from.Role, to.Role, why, errCannotBe)
}

// answered gives a kind that a message of this kind answers, and that can have been sent under the same convenant; "" when there is none.
func (w *world) answered(agreed *convenant.Convenant, kind vocabulary.Kind, from, to *gatewaytest.Party) vocabulary.Kind {
	info, _ := vocabulary.Default().Kind(kind)
	for _, answers := range info.Answers {
		if len(agreed.FlowsFor(answers, to.Role, from.Role)) > 0 {
			return answers
		}
	}
	return ""
}

// through gives a case that a flow allows on a legal basis, with everything stated that basis and conditions ask for.
func through(flow convenant.Flow, basis vocabulary.Basis, from, to *gatewaytest.Party, holds []vocabulary.Category) casefile.Case {
	phase, questions := 3, 1
	c := casefile.Case{From: side(from, flow.From.Functions[0]), To: side(to, flow.To.Functions[0]), Kind: flow.Kind, Purpose: flow.Purposes[0], Basis: basis,
		Categories: flow.Categories[:1], Phase: &phase, Questions: &questions, Urgency: vocabulary.Regular, People: 1,
		Statements: []vocabulary.Statement{"proportioneel", "subsidiair", "oudersGeinformeerd", "verzuimdrempelGehaald",
			"meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5"}}
	if len(holds) > 0 {
		c.Categories = holds
	}
	words := vocabulary.Default()
	info, _ := words.Basis(basis)
	c.Statements = append(c.Statements, info.StatementsFor(flow.Kind)...)
	c.Wpg = basis == "wpg-19" || basis == "wpg-20"
	c.Motivated = flow.Kind == "crisismelding"
	kind, _ := words.Kind(flow.Kind)
	if !kind.AboutPerson {
		c.Subjects = new(int)
	}
	for _, set := range flow.Conditions {
		switch set.Code {
		case "leeftijdsgroep":
			group := vocabulary.AgeGroup(set.Parameter.([]any)[0].(string))
			c.AgeGroup = &group
		case "wpg-besluit":
			c.Wpg = true
		case "na-hit":
			c.Checked = true
		case "anoniem":
			c.Subjects = new(int)
		}
	}
	return c
}

func side(p *gatewaytest.Party, f vocabulary.Function) casefile.Side {
	return casefile.Side{Name: p.Short, Party: casefile.Party{OIN: p.OIN, SchoolType: p.Card.SchoolType}, Function: f}
}
