package client

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Hit is what this profile knows of the checks-op-bekendheid that a flow with the condition na-hit asks for. The gateway sees that
// one was answered; "whether it was a hit is checked by both clients" (VOCABULARY, "Conditions").
type Hit string

// What can be known.
const (
	HitNotAsked Hit             = ""              // no flow asks for it
	HitFound    Hit             = "bekend"        // an uitslag in the case said so
	HitNone     Hit             = "niet-bekend"   // every uitslag in the case said otherwise
	HitUnseen   Hit             = "niet-nagegaan" // there is none, or one that somebody else opened: this profile does not know
	afterHit                    = "na-hit"
	checkAnswer vocabulary.Kind = "check-op-bekendheid-uitslag"
)

// hitFor tells whether an uitslag between the own party and another in a case was a hit, when flows ask for one: unless one of them
// does not. A case that the gateway does not show is left to the gateway to refuse.
func (c *Client) hitFor(ctx context.Context, flows []convenant.Flow, caseID string, other party.OIN) (Hit, error) {
	if len(flows) == 0 || slices.ContainsFunc(flows, func(f convenant.Flow) bool { return !asksForHit(f) }) {
		return HitNotAsked, nil
	}
	if caseID == "" {
		return HitUnseen, nil
	}
	lines, err := c.Case(ctx, caseID)
	var no *Problem
	if errors.As(err, &no) {
		return HitUnseen, nil
	}
	if err != nil {
		return HitUnseen, err
	}
	said := HitUnseen
	for _, line := range lines {
		if line.Kind != checkAnswer || line.Party != other && line.Party != c.profile.OIN {
			continue
		}
		kept, with := c.profile.keptHit(line.ID)
		switch {
		case kept == HitUnseen: // a colleague opened or sent it; it may be the hit
			return HitUnseen, nil
		case with != other:
		case kept == HitFound:
			return HitFound, nil
		default:
			said = HitNone
		}
	}
	return said, nil
}

func asksForHit(f convenant.Flow) bool {
	return slices.ContainsFunc(f.Conditions, func(c convenant.Condition) bool { return c.Code == afterHit })
}

// checkHits refuses content for whom an uitslag said that nobody there knows the youngster, and gives the parties of which this
// profile cannot tell.
func (c *Client) checkHits(ctx context.Context, agreed *convenant.Convenant, d Draft) ([]party.OIN, error) {
	var unseen []party.OIN
	var faults fault.List
	for i, flows := range d.flows(agreed, c.profile.OIN) {
		flows = slices.DeleteFunc(flows, func(f convenant.Flow) bool { return !has(f.Purposes, d.Purpose) || !has(f.Bases, d.Basis) })
		other := d.Recipients[i].Party
		hit, err := c.hitFor(ctx, flows, d.Case, other)
		if err != nil {
			return nil, err
		}
		switch {
		case hit == HitNone:
			faults.Add(fmt.Sprintf("ontvangers[%d]", i), "de check op bekendheid in deze zaak gaf geen hit; inhoud delen mag alleen na een hit. Doe eerst een nieuwe check, of kies een andere ontvanger")
		case hit == HitUnseen && !has(unseen, other):
			unseen = append(unseen, other)
		}
	}
	return unseen, faults.Err()
}

// hitOf tells it for a message that came in.
func (c *Client) hitOf(ctx context.Context, e message.Envelope) (Hit, error) {
	agreed, err := c.trustedConvenant(ctx, e.Convenant)
	if err != nil {
		return HitUnseen, err
	}
	from, _ := agreed.Member(e.Sender.Party)
	to, _ := agreed.Member(c.profile.OIN)
	flows := slices.DeleteFunc(slices.Clone(agreed.FlowsFor(e.Kind, from.Role, to.Role)), func(f convenant.Flow) bool {
		return !has(f.Purposes, e.Purpose) || !has(f.Bases, e.Basis) || !has(f.From.Functions, e.Sender.Function)
	})
	return c.hitFor(ctx, flows, e.Case, e.Sender.Party)
}
