package client

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// organisation gives the name on a party's verified card, or "" when its card does not hold or it is not in the convenant.
func (c *Client) organisation(ctx context.Context, agreed *convenant.Convenant, oin party.OIN) (string, error) {
	if _, ok := agreed.Member(oin); !ok {
		return "", nil
	}
	cards, err := c.cardsOf(ctx, agreed, oin, c.now())
	if untrusted(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return printable(cards.party.Card().Name), nil
}

// contacts gives the people of a recipient whom a message names, from their verified cards, with what can be printed of them.
func (c *Client) contacts(ctx context.Context, agreed *convenant.Convenant, to message.Recipient) ([]Contact, error) {
	cards, err := c.cardsOf(ctx, agreed, to.Party, c.now())
	if untrusted(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Contact
	for _, named := range to.Participants {
		v, ok := cards.byID(named.ID)
		if !ok {
			continue
		}
		who := v.Participant()
		list = append(list, Contact{ID: who.ID, Name: printable(who.Name), Phone: written(who.Phone), Email: written(who.Email)})
	}
	return list, nil
}

func written(text *string) string {
	if text == nil {
		return ""
	}
	return printable(*text)
}
