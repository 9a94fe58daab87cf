package client

import (
	"context"
	"encoding/json"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Confirmed is a confirmation that the gateway recorded, with its record verified.
type Confirmed struct {
	Status message.Status // of the message now; the gateway's word
	Record tlog.Record
}

// ConfirmReceived signs `ontvangen` for a message that was opened: whether it held only what was declared, and the tags of the
// persons in it under the own party's search key. When every recipient has confirmed, the gateway erases the ciphertext: keep
// what you need first.
func (c *Client) ConfirmReceived(ctx context.Context, r Received) (Confirmed, error) {
	var tags []string
	if c.profile.HasSearchKey() {
		var err error
		if tags, err = c.profile.tags(r.Envelope.Envelope().ID, r.Body); err != nil {
			tags = nil // a name or number that gives no tag must not stand in the way of receiving
		}
	}
	c.seeOwnCards(ctx, r.Envelope.Envelope().Convenant)
	return c.confirm(ctx, r.Envelope, message.Confirmation{
		Kind: message.Received, Conform: r.Conform(), NotDeclared: r.NotDeclared, Subjects: tags,
	})
}

// seeOwnCards keeps the own party's cards in the profile: after the signing key was renewed they show that this `ontvangen` is the
// participant's own word, see [Client.ownReceived]. What does not hold stands in nobody's way here: whoever needs those cards hears of it.
func (c *Client) seeOwnCards(ctx context.Context, ref message.ConvenantRef) {
	if agreed, err := c.trustedConvenant(ctx, ref); err == nil {
		_, _ = c.cardsOf(ctx, agreed, c.profile.OIN, c.now())
	}
}

// ConfirmUnreadable signs `onleesbaar`, which asks the sender to send again. The ciphertext stays until then.
func (c *Client) ConfirmUnreadable(ctx context.Context, id string) (Confirmed, error) {
	s, err := c.Message(ctx, id)
	if err != nil {
		return Confirmed{}, err
	}
	return c.confirm(ctx, s.Envelope, message.Confirmation{Kind: message.Unreadable, Conform: true})
}

// Confirm signs overgenomen, teruggegeven (with advice on who should have had it, or nil) or afgesloten. What an earlier `ontvangen`
// of the same person said of conformity and of persons is repeated: the payload may be gone by now. A
// move that the arrows do not allow, or advice that the sender cannot follow, is a fault.List: then nothing is signed.
func (c *Client) Confirm(ctx context.Context, id string, kind message.ConfirmationKind, advice *message.Advice) (Confirmed, error) {
	s, err := c.Message(ctx, id)
	if err == nil {
		err = c.mayConfirm(ctx, s, kind, advice)
	}
	if err != nil {
		return Confirmed{}, err
	}
	said := message.Confirmation{Kind: kind, Conform: true, Advice: advice}
	earlier, err := c.ownReceived(ctx, s)
	if err != nil {
		return Confirmed{}, err
	}
	if earlier != nil {
		said.Conform, said.NotDeclared, said.Subjects = earlier.Conform, earlier.NotDeclared, earlier.Subjects
	}
	return c.confirm(ctx, s.Envelope, said)
}

// ownReceived gives the `ontvangen` of this participant over a message, nil when there is none. Only what a key of their own signed
// counts, the one of now or the one before it: the gateway brought it back.
func (c *Client) ownReceived(ctx context.Context, s Stored) (*message.Confirmation, error) {
	e := s.Envelope.Envelope()
	agreed, err := c.trustedConvenant(ctx, e.Convenant)
	if err != nil {
		return nil, err
	}
	people := map[string]signer{}
	if err := c.signers(ctx, agreed, c.profile.OIN, people); err != nil && !untrusted(err) {
		return nil, err
	}
	own := &c.profile.key.PublicKey
	people[jose.Thumbprint(own)] = signer{card: party.Participant{ID: c.profile.Participant, Key: own}} // whatever a card says
	var found *message.Confirmation
	for _, compact := range s.confirmations {
		parsed, err := message.ParseConfirmation(compact)
		if err != nil {
			continue
		}
		by, known := people[parsed.Kid()]
		if !known || by.card.ID != c.profile.Participant {
			continue
		}
		v, err := parsed.Verify(by.card.Key)
		if said := v.Confirmation(); err == nil && said.Kind == message.Received && said.Message == e.ID && said.Envelope == s.Envelope.Digest() {
			found = &said
		}
	}
	return found, nil
}

func (c *Client) confirm(ctx context.Context, of message.VerifiedEnvelope, said message.Confirmation) (Confirmed, error) {
	id := of.Envelope().ID
	said.Message, said.Envelope, said.Time = id, of.Digest(), message.NewTime(c.now())
	signed, err := message.SignConfirmation(said, c.profile.key)
	if err != nil {
		return Confirmed{}, err
	}
	a, err := c.post(ctx, "/v1/berichten/"+id+"/bevestigingen", "application/jose", []byte(signed.Compact()), request{repeatable: true})
	if err != nil {
		return Confirmed{}, err
	}
	var body struct {
		Status  string          `json:"status"`
		Receipt json.RawMessage `json:"ontvangst"`
	}
	if err := a.decode(&body); err != nil {
		return Confirmed{}, err
	}
	record, _, err := c.verifyReceipt(ctx, body.Receipt)
	if err != nil {
		return Confirmed{}, err
	}
	if string(record.Kind) != string(said.Kind) || !is(record.Message, id) || !is(record.JWS, signed.Compact()) {
		return Confirmed{}, falseReceipt(nil)
	}
	return Confirmed{Status: message.Status(printable(body.Status)), Record: record}, nil
}
