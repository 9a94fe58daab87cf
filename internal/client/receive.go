package client

import (
	"context"
	"errors"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Received is a message that was opened: everything about it was verified, and its body is by the schema of its kind.
type Received struct {
	Stored
	Body        []byte                // JSON, without kop; personal data
	NotDeclared []vocabulary.Category // categories in Body that the sender did not declare
	// MoreQuestions: Body asks more than the envelope says, by which the convenant's limit was judged.
	MoreQuestions bool
	// Hit is what is known here of the check that must come before such a message: [HitNone] is for the privacy officer.
	Hit Hit
}

// Conform reports whether the body holds nothing but what was declared.
func (r Received) Conform() bool { return len(r.NotDeclared) == 0 && !r.MoreQuestions }

// Receive gets, verifies and opens a message. It confirms nothing: see [Client.ConfirmReceived].
//
// Errors: *Refusal when the gateway or the sender plays false; *UnreadableError when the message is genuine and cannot be read, for
// which [Client.ConfirmUnreadable] asks to send it again; *Problem with code `gewist` when it was erased.
func (c *Client) Receive(ctx context.Context, id string) (Received, error) {
	s, err := c.Message(ctx, id)
	if err != nil {
		return Received{}, err
	}
	e := s.Envelope.Envelope()
	if !addressedTo(e, c.profile.OIN) && e.Sender.Party == c.profile.OIN {
		return Received{}, fault.List{{Place: "bericht", Message: "dit heeft uw eigen organisatie verstuurd; alleen de ontvanger kan het openen. Kies een nummer uit: sluis inbox"}}
	}
	if !addressedTo(e, c.profile.OIN) {
		return Received{}, falseEnvelope(nil, "Dit bericht is niet aan uw organisatie gericht.")
	}
	file, err := c.fetch(ctx, e.ID, "lading", e.Payload)
	if err != nil {
		return Received{}, err
	}
	if err := sealedAsAgreed(s, file); err != nil {
		return Received{}, err
	}
	body, err := c.unseal(s, file, payloadPart)
	var cannot *UnreadableError
	if errors.As(err, &cannot) && !named(e, c.profile) {
		// The gateway lets a recorded substitute in; only a sender can make the message readable for them.
		cannot.Detail = "Dit bericht is verzegeld voor een collega die u vervangt; u kunt het niet openen. Stuurt de afzender het opnieuw, dan komt het bij u."
	}
	if err != nil {
		return Received{}, err
	}
	if err := c.schemas().Validate(e.Kind, body); err != nil {
		return Received{}, &UnreadableError{"De lading is niet ingevuld zoals bij deze soort bericht hoort.", err}
	}
	present, err := c.schemas().Categories(e.Kind, body)
	if err != nil {
		return Received{}, &UnreadableError{"De lading is niet ingevuld zoals bij deze soort bericht hoort.", err}
	}
	hit, err := c.hitOf(ctx, e)
	if err != nil {
		hit = HitUnseen // a message that was opened is not kept from who must read it
	}
	if e.Kind == checkAnswer {
		if err := c.profile.keepHit(e.ID, e.Sender.Party, body); err != nil {
			return Received{}, err
		}
	}
	asked := questions(body)
	return Received{
		Stored: s, Body: body, NotDeclared: undeclared(present, e.Categories), Hit: hit,
		MoreQuestions: asked != nil && e.Questions != nil && *asked > *e.Questions,
	}, nil
}

// ReceiveEntry is Receive for a line of the inbox: the message must be the one that the line spoke of.
func (c *Client) ReceiveEntry(ctx context.Context, line Entry) (Received, error) {
	r, err := c.Receive(ctx, line.ID)
	if err != nil {
		return Received{}, err
	}
	if !line.speaksOf(r.Envelope.Envelope()) {
		return Received{}, anotherMessage()
	}
	return r, nil
}
