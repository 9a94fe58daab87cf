package advice_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// errCannotBe says that no honest gateway comes into a state.
var errCannotBe = errors.New("cannot be brought about")

// enact makes the world such that the facts are true of the letter that it gives, in a new case or one of others.
func (w *world) enact(f policy.Facts) (letter, error) { return w.enactIn(f, message.NewID()) }

// enactIn is enact for a case (`zaak`) that is there already, or is to be made.
func (w *world) enactIn(f policy.Facts, zaak string) (letter, error) {
	w.t.Helper()
	est, st := f.Established, f.Stated
	from, to := w.parties[est.Sender.Party], w.parties[est.Recipient.Party]
	switch {
	case !est.Sender.CardValid || !est.Sender.Member || !est.Sender.Pinned:
		return letter{}, fmt.Errorf("a sender without a card that counts comes no further than the door: %w", errCannotBe)
	case !est.Recipient.Member:
		to = w.strangers[est.Recipient.Role]
	case !est.Recipient.CardValid || !est.Recipient.Pinned:
		return letter{}, fmt.Errorf("a recipient's card with another key is never taken in: %w", errCannotBe)
	}
	l := letter{motivated: est.Motivated, envelope: message.Envelope{
		ID: message.NewID(), Kind: st.Kind, Time: w.now(), Case: zaak, Convenant: w.version(est.Convenant),
		Purpose: st.Purpose, Basis: st.Basis, Categories: st.Categories, Phase: st.Phase, Urgency: st.Urgency, Statements: st.Statements,
		Questions: st.Questions, Theme: st.Theme, AgeGroup: st.AgeGroup, Subjects: tags(est.Subjects),
	}}
	l.sender = w.inFunction(from, est.Sender.Function, 1)[0]
	if w.counted(est.Convenant.Flows) && est.Sender.Function != officer {
		l.sender = w.hire(from, est.Sender.Function) // who has sent nothing yet today
	}
	if !est.Sender.OnCard {
		l.sender = someone(from, officer)
	}
	l.envelope.Sender = message.Sender{Party: from.OIN, Participant: l.sender.ID, Function: est.Sender.Function}
	var people []*gatewaytest.Person
	inFunction := w.inFunction(to, est.Recipient.Function, len(est.Recipient.People))
	for i, one := range est.Recipient.People {
		switch {
		case !one.CardValid:
			return letter{}, fmt.Errorf("an addressee whose card has passed: %w", errCannotBe)
		case one.OnCard:
			people = append(people, inFunction[i])
		default:
			people = append(people, someone(to, officer))
		}
	}
	l.envelope.Recipients = []message.Recipient{addressed(people, to.OIN, est.Recipient.Function)}
	if err := w.cosign(&l, f); err != nil {
		return letter{}, err
	}
	if err := w.register(&l, est); err != nil {
		return letter{}, err
	}
	return l, w.before(&l, f, to)
}

// version names the version of the convenant of which it is true that it is known and in force, or not.
func (w *world) version(f policy.ConvenantFacts) message.ConvenantRef {
	ref := message.ConvenantRef{ID: f.ID, Version: f.Version}
	if !f.InForce {
		ref.Version = unsigned(f.Version)
	}
	if !f.Known {
		ref.Version = unknown(f.Version)
	}
	return ref
}

func (w *world) counted(flows []convenant.Flow) bool {
	for _, f := range flows {
		if _, ok := f.Quota(); ok {
			return true
		}
	}
	return false
}

// register has the police register the Wpg decision that the facts tell of.
func (w *world) register(l *letter, est policy.Established) error {
	f := est.Wpg
	if f == nil {
		return nil
	}
	from := l.sender.Party
	key, err := json.Marshal([]any{from.OIN, est.Convenant.ID, f})
	must(w.t, err)
	number, registered := w.wpg[string(key)]
	if !registered {
		number = "WPG-" + strconv.Itoa(len(w.wpg)+1)
	}
	l.envelope.WpgDecision = &number
	if registered || !f.Known {
		return nil
	}
	if from.Role != "politie" {
		return fmt.Errorf("only the police decides under the Wpg: %w", errCannotBe)
	}
	w.wpg[string(key)] = number
	valid := gatewaytest.Valid()
	if !f.Valid {
		valid.Until = valid.From
	}
	signed, err := convenant.SignWpgDecision(convenant.WpgDecision{Number: number, Basis: f.Basis, Alliance: f.Alliance, Case: f.Case,
		Convenant: f.Convenant, Interest: "een veilig klimaat", Purposes: f.Purposes, Categories: f.Categories, Recipients: f.Recipients,
		Conditions: "Alleen gericht.", Authority: "officier van justitie en burgemeester (voorbeeld)", Valid: valid,
	}, from.Signer.Key, from.Signer.Chain)
	must(w.t, err)
	a := w.post(from.People[0], "/v1/wpg-besluiten", "application/jose", []byte(signed))
	if a.status != 201 {
		return fmt.Errorf("registering a Wpg decision gave %d %s", a.status, a.body)
	}
	return nil
}
