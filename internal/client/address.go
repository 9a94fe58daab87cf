package client

import (
	"context"
	"fmt"
	"strings"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// addressed is whom a message goes to, and the keys to seal it for.
type addressed struct {
	recipients []message.Recipient
	keys       []age.Recipient
}

// address picks the people of each recipient from verified cards, and their keys. Errors: fault.List for what the sender can
// mend, *Refusal for cards that do not hold.
func (c *Client) address(ctx context.Context, agreed *convenant.Convenant, d Draft) (addressed, error) {
	flows := d.flows(agreed, c.profile.OIN)
	var a addressed
	var everybody []party.Participant
	var faults fault.List
	for i, to := range d.Recipients {
		cards, err := c.cardsOf(ctx, agreed, to.Party, c.now())
		if err != nil {
			return a, err
		}
		place := fmt.Sprintf("ontvangers[%d]", i)
		people := c.choose(cards, to, mostPeople(flows[i]), place, &faults)
		r := message.Recipient{Party: to.Party, Function: to.Function}
		for _, p := range people {
			r.Participants = append(r.Participants, message.Addressee{ID: p.ID, Card: p.Version})
		}
		a.recipients = append(a.recipients, r)
		everybody = append(everybody, people...)
	}
	if len(faults) > 0 {
		return a, faults
	}
	var ok bool
	if a.keys, ok = keysFor(everybody, agreed.X25519); !ok {
		return a, fault.List{{Place: "ontvangers", Message: "niet iedereen aan wie dit gaat, heeft een sleutel die het convenant toestaat; noem andere mensen of vraag die organisatie om nieuwe kaarten"}}
	}
	return a, nil
}

// choose gives the named people, or the first of those in the function. Who is not valid now cannot be named.
func (c *Client) choose(cards partyCards, to To, most int, place string, faults *fault.List) []party.Participant {
	var chosen []party.Participant
	available := cards.inFunction(to.Function, c.now())
	if to.People == nil {
		for _, v := range available[:min(most, len(available))] {
			chosen = append(chosen, v.Participant())
		}
		if len(chosen) == 0 {
			faults.Add(place, "bij organisatie %s staat nu niemand op de kaart als %s; neem contact op met die organisatie", to.Party, to.Function)
		}
		return chosen
	}
	for _, id := range to.People {
		v, ok := find(available, id)
		if !ok {
			faults.Add(place, "een van de genoemde mensen staat bij organisatie %s nu niet op de kaart als %s", to.Party, to.Function)
			continue
		}
		chosen = append(chosen, v.Participant())
	}
	return chosen
}

func find(list []party.VerifiedParticipant, id string) (party.VerifiedParticipant, bool) {
	for _, v := range list {
		if v.Participant().ID == id {
			return v, true
		}
	}
	return party.VerifiedParticipant{}, false
}

// keysFor gives everybody's age key, all of one type (WIRE: "one key type in a file, hybrid post-quantum; X25519 only where the
// convenant says x25519: toegestaan"); false when somebody has none.
func keysFor(everybody []party.Participant, x25519 bool) ([]age.Recipient, bool) {
	hybrid := make([]age.Recipient, 0, len(everybody))
	classic := make([]age.Recipient, 0, len(everybody))
	for _, p := range everybody {
		for _, text := range p.Age {
			if strings.HasPrefix(text, "age1pq1") {
				if key, err := age.ParseHybridRecipient(text); err == nil {
					hybrid = append(hybrid, key)
				}
			} else if key, err := age.ParseX25519Recipient(text); err == nil {
				classic = append(classic, key)
			}
		}
	}
	switch {
	case len(everybody) > 0 && len(hybrid) == len(everybody):
		return hybrid, true
	case x25519 && len(everybody) > 0 && len(classic) == len(everybody):
		return classic, true
	}
	return nil, false
}
