package client

import (
	"context"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// officers is for whose keys a motivation is sealed.
type officers struct {
	keys    []age.Recipient
	without []party.OIN // parties that have no privacy officer: theirs cannot be judged there
}

// officersFor finds every privacyfunctionaris of the sender's and the recipients' parties with a card that is valid now, absent
// or not: exactly those whom the gateway counts. Cards are read again for it: nothing tells the gateway which version of an
// officer's card was used, so it could not say that one moved on.
func (c *Client) officersFor(ctx context.Context, agreed *convenant.Convenant, d Draft) (officers, error) {
	if d.Motivation == "" {
		return officers{}, nil
	}
	c.directory.forgetCards()
	var found officers
	var everybody []party.Participant
	for _, oin := range involved(c.profile.OIN, d.Recipients) {
		cards, err := c.cardsOf(ctx, agreed, oin, c.now())
		if err != nil {
			return found, err
		}
		here := cards.officers(c.now())
		if len(here) == 0 {
			found.without = append(found.without, oin)
		}
		everybody = append(everybody, here...)
	}
	if len(everybody) == 0 {
		return found, fault.List{{Place: motivationPlace, Message: "niemand kan de motivering beoordelen: geen van de organisaties heeft een privacyfunctionaris met een geldige kaart. Waarschuw de beheerder van uw organisatie"}}
	}
	var ok bool
	if found.keys, ok = keysFor(everybody, agreed.X25519); !ok {
		return found, fault.List{{Place: motivationPlace, Message: "niet elke privacyfunctionaris heeft een sleutel die het convenant toestaat; vraag de beheerder van uw organisatie, of die van de ontvanger, om nieuwe kaarten"}}
	}
	return found, nil
}

// involved gives the own party and those of the recipients, each once.
func involved(own party.OIN, to []To) []party.OIN {
	all := []party.OIN{own}
	for _, r := range to {
		if !has(all, r.Party) {
			all = append(all, r.Party)
		}
	}
	return all
}

func (p partyCards) officers(t time.Time) []party.Participant {
	var found []party.Participant
	for _, v := range p.participants {
		if who := v.Participant(); who.Valid.Contains(t) && has(who.Functions, vocabulary.FunctionPrivacyOfficer) {
			found = append(found, who)
		}
	}
	return found
}

// mostOfficers gives how many privacy officers there can have been when a message was sent: those on today's cards, and everybody
// whose card has had another version, for it may have said so then.
func (c *Client) mostOfficers(ctx context.Context, e message.Envelope) (int, error) {
	agreed, err := c.trustedConvenant(ctx, e.Convenant)
	if err != nil {
		return 0, err
	}
	to := make([]To, len(e.Recipients))
	for i, r := range e.Recipients {
		to[i].Party = r.Party
	}
	n := 0
	for _, oin := range involved(e.Sender.Party, to) {
		cards, err := c.cardsOf(ctx, agreed, oin, c.now())
		if err != nil {
			return 0, err
		}
		for _, v := range cards.participants {
			who := v.Participant()
			if who.Version > 1 || who.Valid.Contains(e.Time.Time) && has(who.Functions, vocabulary.FunctionPrivacyOfficer) {
				n++
			}
		}
	}
	return n, nil
}
