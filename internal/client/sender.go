package client

import (
	"context"
	"crypto/ecdsa"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// senderKey gives the key of the participant who is said to have sent an envelope, when it is the one that its kid names. The
// card, the party's card and the convenant must have been valid when it was sent, and the card must name the function.
func (c *Client) senderKey(ctx context.Context, agreed *convenant.Convenant, claimed message.Envelope, kid string) (*ecdsa.PublicKey, error) {
	from := claimed.Sender
	if from.Party == c.profile.OIN && from.Participant == c.profile.Participant && kid == jose.Thumbprint(&c.profile.key.PublicKey) {
		return &c.profile.key.PublicKey, nil // what we sent ourselves
	}
	if err := inForceOn(agreed, claimed.Time.Time); err != nil {
		return nil, err
	}
	if _, ok := agreed.Member(from.Party); !ok {
		return nil, falseEnvelope(nil, "De afzender van dit bericht doet niet mee aan het convenant dat het noemt.")
	}
	cards, err := c.cardsOf(ctx, agreed, from.Party, claimed.Time.Time)
	if err != nil {
		return nil, err
	}
	v, ok := cards.byID(from.Participant)
	who := v.Participant()
	holds := ok && jose.Thumbprint(who.Key) == kid && who.Valid.Contains(claimed.Time.Time) && has(who.Functions, from.Function)
	if ok && !holds { // the sender may have renewed the key since, have left, or have another function
		key, err := c.replacedKey(cards, who, claimed, kid)
		if key != nil || err != nil {
			return key, err
		}
	}
	switch {
	case !ok || jose.Thumbprint(who.Key) != kid:
		return nil, falseEnvelope(nil, "Dit bericht is niet ondertekend met de sleutel van de genoemde afzender.")
	case !who.Valid.Contains(claimed.Time.Time) || !has(who.Functions, from.Function):
		return nil, falseEnvelope(nil, "De afzender van dit bericht stond niet in deze functie op de kaart.")
	}
	return who.Key, nil
}

// takenLater lets an envelope through that the gateway took some time after it was signed: a colleague signed in between. So that nobody
// dates it back to when a withdrawn key was still good, the key must have counted when it was taken too.
func (c *Client) takenLater(ctx context.Context, agreed *convenant.Convenant, v message.VerifiedEnvelope, logged time.Time) error {
	e, taken := v.Envelope(), message.NewTime(logged)
	if err := (message.CoSignature{Time: taken}).CheckClock(e, logged); err != nil {
		return falseReceipt(err)
	}
	e.Time = taken
	_, err := c.senderKey(ctx, agreed, e, v.Kid())
	return err
}

// named reports whether an envelope names the participant of the profile. A substitute is not named.
func named(e message.Envelope, p *Profile) bool {
	for _, r := range e.Recipients {
		for _, to := range r.Participants {
			if r.Party == p.OIN && to.ID == p.Participant {
				return true
			}
		}
	}
	return false
}

// addressedTo reports whether an envelope is for the party of the profile: for its participant, or for somebody whom they replace.
// The gateway knows who replaces whom today; the keys decide who can read.
func addressedTo(e message.Envelope, oin party.OIN) bool {
	for _, r := range e.Recipients {
		if r.Party == oin {
			return true
		}
	}
	return false
}
