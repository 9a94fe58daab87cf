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
		who, ok := people[parsed.Kid()]
		if !ok {
			continue
		}
		v, err := parsed.Verify(who.Key)
		if said := v.Confirmation(); err == nil && s.mayHaveSaid(said, who) {
			list = append(list, reaction{said: said, oin: who.OIN, who: who.ID, card: who})
		}
	}
	slices.SortStableFunc(list, func(a, b reaction) int { return a.said.Time.Compare(b.said.Time.Time) })
	return list, nil
}

// recipients gives everybody at the recipients' parties by the thumbprint of their key, from verified cards. A party whose cards do
// not hold has nobody; that the gateway does not answer is an error.
func (c *Client) recipients(ctx context.Context, agreed *convenant.Convenant, e message.Envelope) (map[string]party.Participant, error) {
	people := map[string]party.Participant{}
	for _, to := range e.Recipients {
		cards, err := c.cardsOf(ctx, agreed, to.Party, c.now())
		if untrusted(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, v := range cards.participants {
			people[jose.Thumbprint(v.Participant().Key)] = v.Participant()
		}
	}
	return people, nil
}

// mayHaveSaid reports whether a confirmation is over this envelope, after it was accepted, and before its signer's card ended: a key
// that was withdrawn says nothing any more.
func (s Stored) mayHaveSaid(said message.Confirmation, who party.Participant) bool {
	return said.Message == s.Envelope.Envelope().ID && said.Envelope == s.Envelope.Digest() &&
		!said.Time.Before(s.accepted().Add(-message.ClockSkew)) && party.Day(said.Time.Time) <= who.Valid.Until
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
	return errors.As(err, &no) && no.Code != LogForked && no.Code != Redirected
}
