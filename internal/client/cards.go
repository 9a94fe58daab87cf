package client

import (
	"context"
	"errors"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// cardsOf gives the verified cards of a member of a convenant, valid at t. Keys come from here and from nowhere else.
func (c *Client) cardsOf(ctx context.Context, agreed *convenant.Convenant, oin party.OIN, t time.Time) (partyCards, error) {
	key := cardsKey{message.ConvenantRef{ID: agreed.ID, Version: agreed.Version}, oin}
	cards, ok := c.directory.partyCards(key, c.now())
	if !ok {
		var answer struct {
			Cards []string `json:"kaarten"`
		}
		if err := c.get(ctx, "/v1/kaarten/"+string(oin), nil, &answer); err != nil {
			return partyCards{}, err
		}
		var err error
		if cards, err = c.verifyCards(agreed, oin, answer.Cards); err != nil {
			return partyCards{}, err
		}
		c.directory.keepPartyCards(key, cards, c.now())
	}
	if !cards.party.Card().Valid.Contains(t) {
		return partyCards{}, refuse(CardExpired, nil, "De kaart van organisatie ", string(oin), " geldt niet op deze dag. Vraag die organisatie om een nieuwe kaart.")
	}
	return cards, nil
}

// verifyCards checks everything that a gateway served as the cards of one party. One false card spoils the answer: an honest
// gateway has none.
func (c *Client) verifyCards(agreed *convenant.Convenant, oin party.OIN, compacts []string) (partyCards, error) {
	var own []string // participant cards
	var card *party.VerifiedCard
	for _, compact := range compacts {
		if jose.PeekTyp(compact) != jose.PartyCard {
			own = append(own, compact)
			continue
		}
		if card != nil {
			return partyCards{}, refuse(CardConflict, nil, "De sluis geeft twee kaarten van organisatie ", string(oin), ". Waarschuw de beheerder van de sluis.")
		}
		verified, err := c.verifyPartyCard(agreed, oin, compact)
		if err != nil {
			return partyCards{}, err
		}
		card = &verified
	}
	if card == nil {
		return partyCards{}, refuse(CardUntrusted, nil, "De sluis geeft geen kaart van organisatie ", string(oin), ".")
	}
	// The book refuses two cards of one participant and one key for two participants.
	book, err := party.NewBook().WithParty(*card)
	if err != nil {
		return partyCards{}, bookRefusal(err, oin)
	}
	for _, compact := range own {
		p, err := party.VerifyParticipant(compact, *card)
		if err != nil {
			return partyCards{}, refuse(CardUntrusted, err, "Een kaart van een medewerker van organisatie ", string(oin),
				" is niet door die organisatie ondertekend. Er wordt niets verstuurd. Waarschuw de privacyfunctionaris en die organisatie.")
		}
		if book, err = book.WithParticipant(p); err != nil {
			return partyCards{}, bookRefusal(err, oin)
		}
	}
	cards := partyCards{party: *card, participants: book.Participants(oin)}
	return cards, c.keepCards(oin, cards)
}

// verifyPartyCard wants chain, owner and pin: the right OIN is not enough, as more than one certificate may carry it.
func (c *Client) verifyPartyCard(agreed *convenant.Convenant, oin party.OIN, compact string) (party.VerifiedCard, error) {
	member, ok := agreed.Member(oin)
	if !ok {
		return party.VerifiedCard{}, fault.List{{Place: "ontvangers", Message: "organisatie " + string(oin) + " doet niet mee aan dit convenant"}}
	}
	v, err := c.profile.cardAnchors.VerifyParty(compact, c.now())
	if err != nil || v.Card().OIN != oin {
		return v, refuse(CardUntrusted, err, "De kaart van organisatie ", string(oin),
			" is niet echt: de handtekening of het certificaat klopt niet. Waarschuw de privacyfunctionaris en die organisatie.")
	}
	if !member.Pins(v.CardKey()) {
		return v, refuse(CardUnpinned, nil, "De kaart van organisatie ", string(oin),
			" is ondertekend met een sleutel die niet in het convenant staat. Waarschuw de privacyfunctionaris en die organisatie.")
	}
	return v, nil
}

// bookRefusal tells an address book's no.
func bookRefusal(err error, oin party.OIN) *Refusal {
	code := CardUntrusted
	if errors.Is(err, party.ErrConflict) || errors.Is(err, party.ErrOlder) {
		code = CardConflict
	}
	return refuse(code, err, "De kaarten van organisatie ", string(oin), " spreken elkaar tegen. Waarschuw de beheerder van de sluis en die organisatie.")
}
