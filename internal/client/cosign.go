package client

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Account is a message of a colleague who asks for a second signature. Its envelope was verified: a colleague of the own party signed it,
// under a convenant that the own party signed. What is in the message is not known here.
type Account struct {
	Envelope message.VerifiedEnvelope
	// Convenant is the title of the convenant.
	Convenant string
	// Names of parties, from their verified cards; a party is absent when its card does not hold.
	Names map[party.OIN]string
}

// ReadAccount verifies what a colleague gave to be signed too. Errors: fault.List when it is nothing that the participant of the profile
// can sign; *Refusal when it is not signed by who it says.
func (c *Client) ReadAccount(ctx context.Context, data []byte) (Account, error) {
	parsed, compact, err := readAccount(data)
	if err != nil {
		return Account{}, err
	}
	// Nothing of an unverified envelope is used but to find the key: it is shown after the signature was checked.
	claimed, err := peek(parsed, compact)
	if err != nil {
		return Account{}, err
	}
	if err := c.maySignFor(claimed); err != nil {
		return Account{}, err
	}
	agreed, err := c.trustedConvenant(ctx, claimed.Convenant)
	if err != nil {
		return Account{}, err
	}
	if err := inForceOn(agreed, c.now()); err != nil {
		return Account{}, err
	}
	key, err := c.senderKey(ctx, agreed, claimed, parsed.Kid())
	if err != nil {
		return Account{}, err
	}
	v, err := parsed.Verify(key)
	if err != nil {
		return Account{}, falseEnvelope(err, "Dit verzoek is niet ondertekend door de collega die erin staat. Onderteken het niet, en vraag het die collega.")
	}
	a := Account{Envelope: v, Convenant: printable(agreed.Title), Names: map[party.OIN]string{}}
	for _, oin := range append([]party.OIN{claimed.Sender.Party}, recipients(claimed)...) {
		name, err := c.organisation(ctx, agreed, oin)
		if err != nil {
			return Account{}, err
		}
		if name != "" {
			a.Names[oin] = name
		}
	}
	return a, nil
}

// maySignFor says why the participant of the profile cannot be the second pair of eyes.
func (c *Client) maySignFor(claimed message.Envelope) error {
	var faults fault.List
	switch {
	case claimed.Sender.Party != c.profile.OIN:
		faults.Add(accountPlace, "is van een andere organisatie. Alleen een collega van de afzender kan meetekenen")
	case claimed.Sender.Participant == c.profile.Participant:
		faults.Add(accountPlace, "is van u zelf. Een collega moet het ondertekenen, met een eigen kaart en een eigen profiel")
	case c.profile.Function == softwareConnection:
		faults.Add(accountPlace, "kan niet met het profiel van een aansluiting worden ondertekend: dat is software, en geen tweede mens")
	}
	if len(faults) > 0 {
		return faults
	}
	return c.stillInTime(claimed)
}

// stillInTime refuses an envelope that the gateway would find too old, also with a second signature of this moment.
func (c *Client) stillInTime(e message.Envelope) error {
	return message.CoSignature{Time: message.NewTime(c.now())}.CheckClock(e, c.now())
}

// CoSign signs with the sender of an account, and gives the compact medeondertekening+jws. Nothing is sent: the sender does that.
func (c *Client) CoSign(a Account) (string, error) {
	e := a.Envelope.Envelope()
	if err := c.maySignFor(e); err != nil { // somebody may have thought it over for a night
		return "", err
	}
	signed, err := message.SignCoSignature(a.Envelope, message.NewTime(c.now()), c.profile.key)
	if err != nil {
		return "", fmt.Errorf("signing with the sender of message %s: %w", e.ID, err)
	}
	return signed.Compact(), nil
}

func recipients(e message.Envelope) []party.OIN {
	var all []party.OIN
	for _, r := range e.Recipients {
		all = append(all, r.Party)
	}
	return all
}
