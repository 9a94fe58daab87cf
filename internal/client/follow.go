package client

import (
	"context"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Followed is a verified message, and where it is for each of its recipients.
type Followed struct {
	Stored
	Sent     bool      // by the own party
	From     string    // the sender's organisation, as on its verified card; "" when it cannot be had
	Accepted time.Time // by the record in the log
	Progress []Progress
}

// Own gives the progress for the own party: what it was asked to react to. Empty for what it only sent.
func (f Followed) Own(oin party.OIN) []Progress {
	var own []Progress
	for _, p := range f.Progress {
		if p.Party == oin {
			own = append(own, p)
		}
	}
	return own
}

// Follow gets a message and says for each recipient what was signed, what was due and what is late. Confirmations and envelopes are
// verified; for an answer, or for what was sent on, it reads the other messages of the case.
func (c *Client) Follow(ctx context.Context, id string) (Followed, error) {
	s, err := c.Message(ctx, id)
	if err != nil {
		return Followed{}, err
	}
	f, err := c.followAlone(ctx, s)
	if err != nil || !f.open() {
		return f, err
	}
	others, err := c.caseMessages(ctx, s.Envelope.Envelope().Case, map[string]Stored{id: s})
	if err != nil {
		return Followed{}, err
	}
	for _, other := range others {
		if other.Err == nil {
			f.link(other.stored)
		}
	}
	return f, nil
}

// FollowEntry is Follow for a line of a list: the message must be the one that the line spoke of.
func (c *Client) FollowEntry(ctx context.Context, line Entry) (Followed, error) {
	f, err := c.Follow(ctx, line.ID)
	if err == nil && !line.speaksOf(f.Envelope.Envelope()) {
		return Followed{}, anotherMessage()
	}
	return f, err
}

// followAlone looks at one message alone.
func (c *Client) followAlone(ctx context.Context, s Stored) (Followed, error) {
	e := s.Envelope.Envelope()
	agreed, err := c.trustedConvenant(ctx, e.Convenant)
	if err != nil {
		return Followed{}, err
	}
	said, err := c.reactions(ctx, agreed, s)
	if err != nil {
		return Followed{}, err
	}
	f := Followed{Stored: s, Sent: e.Sender.Party == c.profile.OIN, Accepted: s.accepted()}
	if f.From, err = c.organisation(ctx, agreed, e.Sender.Party); err != nil {
		return Followed{}, err
	}
	for _, to := range e.Recipients {
		p := Progress{Party: to.Party, Function: to.Function, Status: message.Offered}
		if p.Name, err = c.organisation(ctx, agreed, to.Party); err != nil {
			return Followed{}, err
		}
		if p.People, err = c.contacts(ctx, agreed, to); err != nil {
			return Followed{}, err
		}
		for _, r := range said {
			if r.speaksFor(to) {
				p.apply(r)
			}
		}
		for _, r := range s.Recipients {
			if r.Party == to.Party && r.Function == to.Function {
				p.Until = r.Until
				p.claim(r.Status)
			}
		}
		if p.Advice != nil {
			if p.Advised, err = c.organisation(ctx, agreed, p.Advice.Party); err != nil {
				return Followed{}, err
			}
		}
		if flow, ok := flowOf(agreed, e, to); ok {
			if p.Term, ok = flow.Reaction(); ok {
				p.Due = p.Term.After(f.Accepted)
			}
		}
		f.Progress = append(f.Progress, p)
	}
	return f, nil
}

// flowOf gives the flow under which a message went to a recipient: the first that fits everything that the client can see, as the
// gateway takes the terms of the first that lets it through.
func flowOf(agreed *convenant.Convenant, e message.Envelope, to message.Recipient) (convenant.Flow, bool) {
	from, _ := agreed.Member(e.Sender.Party)
	member, _ := agreed.Member(to.Party)
	for _, f := range agreed.FlowsFor(e.Kind, from.Role, member.Role) {
		if has(f.From.Functions, e.Sender.Function) && has(f.To.Functions, to.Function) &&
			has(f.Purposes, e.Purpose) && has(f.Bases, e.Basis) && allOf(f.Categories, e.Categories) {
			return f, true
		}
	}
	return convenant.Flow{}, false
}

func allOf(allowed, used []vocabulary.Category) bool {
	for _, c := range used {
		if !has(allowed, c) {
			return false
		}
	}
	return true
}
