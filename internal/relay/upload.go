package relay

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// checkCards compares the card versions that the sender encrypted for with the newest ones (WIRE, "Envelope": "A card that has
// moved on: `409 kaart-verouderd` with the new version"). Somebody without a card is left to the policy.
func checkCards(book *party.Book, e message.Envelope) error {
	var faults fault.List
	for i, to := range e.Recipients {
		for j, who := range to.Participants {
			p, ok := book.Participant(to.Party, who.ID)
			switch {
			case !ok:
			case who.Card < p.Participant().Version:
				name := target{party: to.Party, function: to.Function}.name()
				return &OutdatedCard{Recipient: name, Participant: who.ID, Version: p.Participant().Version}
			case who.Card > p.Participant().Version:
				faults.Add(fmt.Sprintf("ontvangers[%d].deelnemers[%d].kaart", i, j), "deze versie van de kaart is hier niet bekend")
			}
		}
	}
	return faults.Err()
}

// takeIn takes in the parts in the order of WIRE: motivering when the envelope names one, then lading.
func (r *Relay) takeIn(ctx context.Context, in *intake, d ruling, e message.Envelope, up Upload) error {
	standing, _ := d.snapshot.Convenant(e.Convenant.ID, e.Convenant.Version)
	x25519 := standing.Convenant != nil && standing.Convenant.X25519
	motivation, err := part(up.Motivation)
	if err != nil {
		return fmt.Errorf("reading the motivering of a message: %w", err)
	}
	if err := checkMotivation(d, e, motivation != nil); err != nil {
		return err
	}
	if motivation != nil {
		if err := in.take(ctx, MotivationPart, motivation, *e.Motivation, privacyOfficers(d, e), x25519); err != nil {
			return err
		}
	}
	payload, err := part(up.Payload)
	if err != nil {
		return fmt.Errorf("reading the lading of a message: %w", err)
	}
	if payload == nil {
		return fault.List{{Place: string(PayloadPart), Message: "het deel lading ontbreekt"}}
	}
	return in.take(ctx, PayloadPart, payload, e.Payload, people(e), x25519)
}

func part(open func() (io.Reader, error)) (io.Reader, error) {
	if open == nil {
		return nil, nil
	}
	return open()
}

// checkMotivation: the part is there exactly when the envelope names it, and there is somebody to read it.
func checkMotivation(d ruling, e message.Envelope, present bool) error {
	var faults fault.List
	switch place := string(MotivationPart); {
	case present && e.Motivation == nil:
		faults.Add(place, "de envelop noemt geen motivering, maar er is er wel een meegestuurd")
	case !present && e.Motivation != nil:
		faults.Add(place, "de envelop noemt een motivering, maar het deel ontbreekt")
	case present && e.Motivation.Length > message.MaxMotivation:
		faults.Add(place+".lengte", "een motivering is hoogstens %d bytes", message.MaxMotivation)
	case present && !othersJudge(d, e):
		faults.Add(place, "niemand anders dan u kan de motivering beoordelen: geen van de organisaties heeft een andere privacyfunctionaris met een geldige kaart")
	}
	return faults.Err()
}

// people counts those for whose keys the payload was encrypted; message sees to it that nobody stands in an envelope twice.
func people(e message.Envelope) int {
	n := 0
	for _, to := range e.Recipients {
		n += len(to.Participants)
	}
	return n
}

// privacyOfficers counts those for whose keys a motivation is encrypted: every privacyfunctionaris with a card that is valid today,
// of the sender's party and of each recipient's ("a second age file for the privacy officers of both parties").
func privacyOfficers(d ruling, e message.Envelope) int { return len(officersOf(d, e)) }

func officersOf(d ruling, e message.Envelope) []party.Participant {
	var all []party.Participant
	for _, oin := range partiesOf(e) {
		for _, p := range d.snapshot.Book.WithFunction(oin, vocabulary.FunctionPrivacyOfficer) {
			if p.Participant().Valid.Contains(d.time) {
				all = append(all, p.Participant())
			}
		}
	}
	return all
}

// othersJudge: whoever makes an exception is not the only one who reads why. AVG, article 38(6): a privacy officer has no task that
// conflicts with it.
func othersJudge(d ruling, e message.Envelope) bool {
	return slices.ContainsFunc(officersOf(d, e), func(p party.Participant) bool {
		return p.OIN != e.Sender.Party || p.ID != e.Sender.Participant
	})
}
