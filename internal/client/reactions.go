package client

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// reaction is a confirmation of which the signature was verified: who said what.
type reaction struct {
	said message.Confirmation
	oin  party.OIN
	who  string // participant id
	card party.Participant
}

// reactions gives the confirmations of a message that were signed by people of its recipients, over this very envelope, in the order
// in which they were signed. What does not hold is left out: a sender must not let go because of it.
func (c *Client) reactions(ctx context.Context, agreed *convenant.Convenant, s Stored) ([]reaction, error) {
	if len(s.confirmations) == 0 {
		return nil, nil
	}
	people, err := c.recipients(ctx, agreed, s.Envelope.Envelope())
	if err != nil {
		return nil, err
	}
	var list []reaction
	for _, compact := range s.confirmations {
		parsed, err := message.ParseConfirmation(compact)
		if err != nil {
			continue
		}
		by, ok := people[parsed.Kid()]
		if !ok {
			continue
		}
		v, err := parsed.Verify(by.card.Key)
		if said := v.Confirmation(); err == nil && s.mayHaveSaid(said, by) {
			list = append(list, reaction{said: said, oin: by.card.OIN, who: by.card.ID, card: by.card})
		}
	}
	slices.SortStableFunc(list, func(a, b reaction) int { return a.said.Time.Compare(b.said.Time.Time) })
	return list, nil
}

// signer is whose key may be under a confirmation.
type signer struct {
	card    party.Participant // with the key
	lastDay string            // of their newest card
	until   time.Time         // when the key was replaced; zero for the key that counts now
}

// recipients gives everybody at the recipients' parties by the thumbprint of their key, from verified cards. A party whose cards do
// not hold has nobody; that the gateway does not answer is an error.
func (c *Client) recipients(ctx context.Context, agreed *convenant.Convenant, e message.Envelope) (map[string]signer, error) {
	people := map[string]signer{}
	for _, to := range e.Recipients {
		err := c.signers(ctx, agreed, to.Party, people)
		if err != nil && !untrusted(err) {
			return nil, err
		}
	}
	return people, nil
}

// signers adds everybody at a party. What somebody signed before they renewed their key stays said, as far as their card says so.
func (c *Client) signers(ctx context.Context, agreed *convenant.Convenant, oin party.OIN, into map[string]signer) error {
	cards, err := c.cardsOf(ctx, agreed, oin, c.now())
	if err != nil {
		return err
	}
	for _, v := range cards.participants {
		who := v.Participant()
		before, until, err := c.replaced(cards, who)
		if err != nil {
			return err
		}
		if before != nil {
			into[jose.Thumbprint(before.Key)] = signer{*before, who.Valid.Until, until}
		}
		into[jose.Thumbprint(who.Key)] = signer{card: who, lastDay: who.Valid.Until}
	}
	return nil
}

// mayHaveSaid reports whether a confirmation is over this envelope, after it was accepted, and before its signer's card ended: a key
// that was withdrawn says nothing any more.
func (s Stored) mayHaveSaid(said message.Confirmation, by signer) bool {
	day := party.Day(said.Time.Time)
	return said.Message == s.Envelope.Envelope().ID && said.Envelope == s.Envelope.Digest() &&
		!said.Time.Before(s.accepted().Add(-message.ClockSkew)) && day <= by.card.Valid.Until && day <= by.lastDay &&
		(by.until.IsZero() || !said.Time.After(by.until))
}

// speaksFor reports whether the signer could confirm for a recipient: named in the envelope, or in that function at that party, as
// a substitute is.
func (r reaction) speaksFor(to message.Recipient) bool {
	named := slices.ContainsFunc(to.Participants, func(p message.Addressee) bool { return p.ID == r.who })
	return r.oin == to.Party && (named || has(r.card.Functions, to.Function))
}

// accepted is when the gateway accepted the message, as its record in the log says: the clock of terms starts there, and not at the
// time that the sender wrote.
func (s Stored) accepted() time.Time {
	t, err := time.Parse(time.RFC3339, s.Record.Time)
	if err != nil {
		return time.Time{} // cannot happen: verifyStored read it
	}
	return t
}

// untrusted reports a refusal that says something of one card, convenant or message, and not of the whole log.
func untrusted(err error) bool {
	var no *Refusal
	return errors.As(err, &no) && no.Code != LogForked && no.Code != LogLost && no.Code != Redirected
}
