package client

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// mayConfirm says in plain words why a confirmation cannot be, before it is signed: the gateway could only say that the status does
// not fit. The error is a fault.List.
func (c *Client) mayConfirm(ctx context.Context, s Stored, kind message.ConfirmationKind, advice *message.Advice) error {
	e := s.Envelope.Envelope()
	if !addressedTo(e, c.profile.OIN) {
		return fault.List{{Place: "bericht", Message: "dit is niet aan uw organisatie gericht; alleen de ontvanger kan zeggen wat ermee gebeurt"}}
	}
	if !c.canMove(s, kind) {
		return fault.List{{Place: "bericht", Message: c.impossible(s, kind)}}
	}
	if advice == nil {
		return nil
	}
	return c.knowsAdvised(ctx, e, *advice)
}

// canMove reports whether the arrows allow a confirmation for a recipient of the own party, by the statuses that the gateway gives.
func (c *Client) canMove(s Stored, kind message.ConfirmationKind) bool {
	for _, r := range s.Recipients {
		if r.Party != c.profile.OIN {
			continue
		}
		if _, err := message.Next(r.Status, kind); err == nil {
			return true
		}
	}
	return false
}

// impossible says why a message cannot be moved, and what can be done.
func (c *Client) impossible(s Stored, kind message.ConfirmationKind) string {
	status := message.Lapsed
	for _, r := range s.Recipients {
		if r.Party == c.profile.OIN {
			status = r.Status
			break
		}
	}
	what := fmt.Sprintf("dit staat op %s, en kan daarna niet op %s", status, kind)
	switch status {
	case message.Lapsed:
		return what + "; niemand haalde het op tijd op. Vraag de afzender om het opnieuw te sturen"
	case message.Status(message.Closed):
		return what + "; er is niets meer te doen"
	case message.Status(message.TakenOver), message.Status(message.HandedBack):
		return what + "; u kunt het alleen nog afsluiten. Is er iets veranderd, stuur de afzender dan een nieuw bericht in deze zaak"
	case message.Status(message.Unreadable):
		return what + "; de afzender is gevraagd het opnieuw te sturen"
	default:
		return what + "; neem het eerst over of geef het terug"
	}
}

// knowsAdvised wants advice that the sender can follow: a member of the same convenant, in a function of its role, that does not
// have the message already.
func (c *Client) knowsAdvised(ctx context.Context, e message.Envelope, advice message.Advice) error {
	agreed, err := c.trustedConvenant(ctx, e.Convenant)
	if err != nil {
		return err
	}
	member, ok := agreed.Member(advice.Party)
	oin, function := printable(string(advice.Party)), printable(string(advice.Function))
	switch words := vocabulary.Default(); {
	case !ok:
		return fault.List{{Place: "advies", Message: "organisatie " + oin + " doet niet mee aan convenant " + e.Convenant.ID + "; daar kan de afzender dit niet heen sturen. Noem een organisatie die meedoet, of laat --advies weg"}}
	case !words.HasFunction(member.Role, advice.Function):
		return fault.List{{Place: "advies", Message: "functie " + function + " bestaat niet bij die organisatie; kies uit: " + join(words.FunctionsOf(member.Role))}}
	case isRecipient(e, message.Recipient{Party: advice.Party, Function: advice.Function}):
		return fault.List{{Place: "advies", Message: "het bericht is al aan " + function + " bij organisatie " + oin + " gericht; noem iemand anders, of laat --advies weg"}}
	}
	return nil
}
