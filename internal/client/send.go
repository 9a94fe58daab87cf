package client

import (
	"context"
	"errors"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Sent is a message that the gateway accepted, with the receipt that was verified.
type Sent struct {
	ID         string
	Case       string
	Recipients []message.Recipient
	// WithoutOfficer are the parties that have no privacy officer, of a message with a motivation: nobody there can judge it.
	WithoutOfficer []party.OIN
	// WithoutHit are the parties that content goes to after a check-op-bekendheid (na-hit) whose uitslag this profile does not know.
	WithoutHit []party.OIN

	Record  tlog.Record  // the `aangeboden` record in the trail
	Receipt tlog.Receipt // what proves it, to anybody
}

// outdated is the gateway's word for a card that moved on (WIRE: "409 kaart-verouderd with the new version").
const outdated = "kaart-verouderd"

// Send checks, seals, signs and sends a message, and verifies the receipt.
//
// Errors before anything is sent: fault.List for what the sender can mend; *Refusal when convenant or cards do not hold. The
// gateway's no is a *Problem with its reasons. After a *PendingError the message waits: see [Client.Resume]. A *Refusal with ReceiptFalse,
// LogForked or LogLost comes after the message was handed over: Sent then names it, and nobody should rely on it.
func (c *Client) Send(ctx context.Context, d Draft) (Sent, error) {
	r, err := c.ready(ctx, d)
	if err != nil {
		return Sent{}, err
	}
	sent, err := c.sealAndSend(ctx, r)
	var no *Problem
	if errors.As(err, &no) && no.Code == outdated {
		// Somebody renewed a card after we read it. Read the cards again, once: whoever keeps changing them gets no message.
		c.directory.forgetCards()
		sent, err = c.sealAndSend(ctx, r)
	}
	sent.WithoutHit = r.withoutHit
	return sent, err
}

// ready is a message that was checked and is not sealed yet.
type ready struct {
	agreed     *convenant.Convenant
	draft      Draft
	envelope   message.Envelope // without recipients, time and age files
	withoutHit []party.OIN
}

// ready checks everything that does not depend on the keys of recipients.
func (c *Client) ready(ctx context.Context, d Draft) (ready, error) {
	agreed, err := c.trustedConvenant(ctx, d.Convenant)
	if err != nil {
		return ready{}, err
	}
	if err := inForceOn(agreed, c.now()); err != nil {
		return ready{}, err
	}
	if d, err = d.complete(agreed, c.profile); err != nil {
		return ready{}, err
	}
	if err := checkMotivation(d); err != nil {
		return ready{}, err
	}
	if d, err = d.withAttachments(); err != nil {
		return ready{}, err
	}
	if err := c.checkBody(d); err != nil {
		return ready{}, err
	}
	withoutHit, err := c.checkHits(ctx, agreed, d)
	if err != nil {
		return ready{}, err
	}
	e, err := c.envelope(d)
	if err != nil {
		return ready{}, err
	}
	if e.Kind == checkAnswer {
		err = c.profile.keepHit(e.ID, d.Recipients[0].Party, d.Body) // it is an answer: to one party
	}
	return ready{agreed, d, e, withoutHit}, err
}

// envelope gives everything of the envelope that does not depend on who it goes to.
func (c *Client) envelope(d Draft) (message.Envelope, error) {
	e := message.Envelope{
		ID: message.NewID(), Kind: d.Kind, Case: d.Case, InReplyTo: d.InReplyTo,
		Convenant: d.Convenant, Purpose: d.Purpose, Basis: d.Basis,
		Sender:     message.Sender{Party: c.profile.OIN, Participant: c.profile.Participant, Function: d.Function},
		Categories: d.Categories, Phase: d.Phase, Urgency: d.Urgency, Statements: d.Statements,
		WpgDecision: d.WpgDecision, Questions: questions(d.Body), Theme: d.Theme, AgeGroup: d.AgeGroup,
	}
	if e.Case == "" {
		e.Case = message.NewID()
	}
	var err error
	e.Subjects, err = c.profile.tags(e.ID, d.Body)
	return e, err
}

func (c *Client) sealAndSend(ctx context.Context, r ready) (Sent, error) {
	s, without, err := c.sealReady(ctx, r)
	if err != nil {
		return Sent{}, err
	}
	// From here on a crash leaves something to send again, and the gateway takes it once.
	if err := c.profile.keepPending(s); err != nil {
		return Sent{}, err
	}
	sent, err := c.handOver(ctx, s)
	sent.WithoutOfficer = without
	return sent, err
}

// sealReady seals a message with the keys of this moment, and names the parties without a privacy officer.
func (c *Client) sealReady(ctx context.Context, r ready) (sealed, []party.OIN, error) {
	to, err := c.address(ctx, r.agreed, r.draft)
	if err != nil {
		return sealed{}, nil, err
	}
	judges, err := c.officersFor(ctx, r.agreed, r.draft)
	if err != nil {
		return sealed{}, nil, err
	}
	e := r.envelope
	e.Recipients = to.recipients
	e.Time = message.NewTime(c.now())
	s, err := c.profile.seal(e, contents{body: r.draft.Body, keys: to.keys, motivation: r.draft.Motivation, officers: judges.keys})
	return s, judges.without, err
}
