package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// whyNow is what the school writes to the privacy officers, and to nobody else.
const whyNow = "N. is niet te bereiken en schrijft dat zij mee moet. Wachten op overleg of op haar ouders kon niet."

// crisisN goes on where 2.2 does: "Bepaling acuut gevaar / crisis. Ja? Direct instanties / politie inschakelen." A crisis waits for no
// phase and no parents; why it could not wait is sealed for the privacy officers of both, who review it.
func (s *stage) crisisN(ctx context.Context) {
	s.heading("N. is weg (handreiking 2.2, acuut gevaar): de school slaat alarm, en verantwoordt zich achteraf")
	sc := &scene{stage: s, ctx: ctx}
	alarm := letter("crisismelding", school, to("politie", "wijkagent"), "n-crisis", "identiteit", "signaal", "incident")
	alarm.Urgency, alarm.Basis, alarm.Motivation = vocabulary.Crisis, "avg-6-1-d", whyNow
	sent := sc.send("debrug", "veiligheid", "ROC De Brug stuurt een crisismelding, met een verzegelde motivering", alarm)
	sc.receive("politie", "wijkagent", "Wijkagent opent de crisismelding", sent)
	sc.confirm("politie", "wijkagent", "Wijkagent neemt het over", sent, message.TakenOver)
	for _, who := range []struct{ org, what string }{
		{"politie", "De privacyfunctionaris van de politie leest de motivering"},
		{"debrug", "De privacyfunctionaris van ROC De Brug leest de motivering ook"},
	} {
		sc.step(who.what, "zo blijkt waarom wachten niet kon; een ander kan de motivering niet openen", func() error {
			return s.readMotivation(ctx, who.org, sent.ID)
		})
		sc.step("Die moet het bericht nog beoordelen", "daar staat een termijn voor, en daarna wist de sluis de motivering", func() error {
			return s.openReview(ctx, who.org, sent.ID)
		})
	}
	back := answering(letter("terugkoppeling", school, to("debrug", "veiligheidscoordinator"), "n-terugkoppeling", "identiteit", "signaal"), sent)
	decision := wpgNumber
	back.WpgDecision = &decision
	reply := sc.send("politie", "wijkagent", "Wijkagent koppelt terug: N. is veilig", back)
	sc.receive("debrug", "veiligheid", "ROC De Brug leest de terugkoppeling", reply)
	sc.confirm("politie", "wijkagent", "Wijkagent sluit de crisis", sent, message.Closed)
}

// readMotivation has a privacy officer read the motivation, and the wijkagent try to.
func (s *stage) readMotivation(ctx context.Context, org, id string) error {
	officer, err := s.people.at(org, "privacy")
	if err != nil {
		return err
	}
	text, err := officer.Motivation(ctx, id)
	if err != nil {
		return err
	}
	if text != whyNow {
		return errors.New("the motivation is not what the school wrote")
	}
	other, err := s.people.at("politie", "wijkagent")
	if err != nil {
		return err
	}
	var no *client.Problem
	if _, err := other.Motivation(ctx, id); !errors.As(err, &no) || no.Status != 403 {
		return fmt.Errorf("somebody else asked for the motivation and was not refused: %w", err)
	}
	return nil
}

// openReview looks whether a privacy officer has to judge a message.
func (s *stage) openReview(ctx context.Context, org, id string) error {
	officer, err := s.people.at(org, "privacy")
	if err != nil {
		return err
	}
	for r, err := range officer.Reviews(ctx) {
		if err != nil {
			return err
		}
		if r.Message == id && r.Due.After(time.Now()) {
			return nil
		}
	}
	return errors.New("no review of the message is open")
}
