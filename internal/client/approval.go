package client

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// softwareConnection is no person: it cannot be the second pair of eyes.
const softwareConnection vocabulary.Function = "aansluiting"

// ForApproval checks, seals and signs a message as [Client.Send] does, and keeps it: a colleague has to sign too before it leaves, within
// [message.CoSignedFor]. Sent has no receipt yet. The account is for that colleague, see [Client.ReadAccount]: it tells the envelope and
// nothing of what is in the message.
func (c *Client) ForApproval(ctx context.Context, d Draft) (Sent, []byte, error) {
	r, err := c.ready(ctx, d)
	if err != nil {
		return Sent{}, nil, err
	}
	s, without, err := c.sealReady(ctx, r)
	if err != nil {
		return Sent{}, nil, err
	}
	s.asks = true
	account, err := writeAccount(s.envelope)
	if err != nil {
		return Sent{}, nil, fmt.Errorf("writing the account of a message: %w", err)
	}
	e := s.envelope.Envelope()
	sent := Sent{ID: e.ID, Case: e.Case, Recipients: e.Recipients, WithoutOfficer: without, WithoutHit: r.withoutHit}
	return sent, account, c.profile.keepPending(s)
}

// Abandon forgets a message that awaits a colleague. What may have left cannot be abandoned: that error is a fault.List.
func (c *Client) Abandon(id string) error {
	if err := checkID("bericht", id); err != nil {
		return err
	}
	if !c.profile.awaitsSecond(id) {
		return fault.List{{Place: "bericht", Message: "wacht hier niet op een akkoord, en is misschien al verstuurd"}}
	}
	return c.profile.dropPending(id)
}

// ResumeCoSigned sends a message that awaits a colleague, with the medeondertekening+jws that they made; id may be "", for the message
// that it names. Errors before anything leaves: fault.List and *Refusal; the message then still waits for the right signature.
func (c *Client) ResumeCoSigned(ctx context.Context, id, compact string) (Sent, error) {
	parsed, err := message.ParseCoSignature(compact)
	if err != nil {
		return Sent{}, approvalFault("is geen akkoord, of is beschadigd. Vraag uw collega om het bestand dat sluis cosign maakte")
	}
	if id == "" {
		id = parsed.Message()
	}
	if err := checkID("bericht", id); err != nil {
		return Sent{}, err
	}
	s, err := c.profile.readPending(id)
	if errors.Is(err, fs.ErrNotExist) {
		return Sent{}, notPending()
	}
	if err != nil {
		return Sent{}, err
	}
	if s.second == "" { // else it left before, and goes again with the signature that it had
		second, err := c.verifySecond(ctx, s.envelope, parsed)
		if err != nil {
			return Sent{}, err
		}
		if err := c.profile.keepSecond(id, second.Compact()); err != nil {
			return Sent{}, err
		}
		s.second = second.Compact()
	}
	return c.handOver(ctx, s)
}

// verifySecond wants the signature of another person of the own party, over this very envelope, as the gateway will.
func (c *Client) verifySecond(ctx context.Context, v message.VerifiedEnvelope, parsed message.ParsedCoSignature) (message.VerifiedCoSignature, error) {
	var none message.VerifiedCoSignature
	if !parsed.Names(v) {
		return none, approvalFault("gaat over een ander bericht. Vraag uw collega om het verzoek van dit bericht te ondertekenen")
	}
	agreed, err := c.trustedConvenant(ctx, v.Envelope().Convenant)
	if err != nil {
		return none, err
	}
	cards, err := c.cardsOf(ctx, agreed, c.profile.OIN, c.now())
	if err != nil {
		return none, err
	}
	owner, ok := cards.byKid(parsed.Kid())
	switch {
	case parsed.Kid() == v.Kid() || ok && owner.ID == v.Envelope().Sender.Participant:
		return none, approvalFault("is van u zelf. Een collega moet het ondertekenen, met een eigen kaart en een eigen profiel")
	case !ok:
		return none, approvalFault("is niet van een collega met een kaart bij deze sluis. Vraag het een collega van uw eigen organisatie, of vraag uw beheerder om een kaart voor die collega")
	case !owner.Valid.Contains(c.now()):
		return none, approvalFault("is van een collega van wie de kaart nu niet geldt. Vraag het een andere collega")
	case !isPerson(owner.Functions):
		return none, approvalFault("is van een aansluiting: dat is software, en geen tweede mens. Vraag het een collega")
	}
	second, err := parsed.Verify(owner.Key)
	if err != nil {
		return none, refuse(EnvelopeFalse, err, "De handtekening onder het akkoord klopt niet. Er is niets verstuurd. Vraag uw collega om opnieuw te ondertekenen.")
	}
	return second, second.CoSignature().CheckClock(v.Envelope(), c.now())
}

// isPerson reports whether somebody holds another function than that of a software connection.
func isPerson(functions []vocabulary.Function) bool {
	for _, f := range functions {
		if f != softwareConnection {
			return true
		}
	}
	return false
}

func (p partyCards) byKid(kid string) (party.Participant, bool) {
	for _, v := range p.participants {
		if who := v.Participant(); jose.Thumbprint(who.Key) == kid {
			return who, true
		}
	}
	return party.Participant{}, false
}

func approvalFault(text string) error { return fault.List{{Place: "akkoord", Message: text}} }
