package relay

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// CoSignaturePart is the place of faults of the second signature; it is text, and no age file as a [Part] is.
const CoSignaturePart = "medeondertekening"

// softwareConnection is no person: it cannot be the second pair of eyes.
const softwareConnection vocabulary.Function = "aansluiting"

// coSignature reads the second signature, if there is one, and verifies it: this message and this envelope, with the key of a
// participant of the sender's party. Whether that is somebody who may be the second is a fact, for the policy.
func (r *Relay) coSignature(ctx context.Context, v message.VerifiedEnvelope, up Upload) (*message.VerifiedCoSignature, error) {
	if up.CoSignature == nil {
		return nil, nil
	}
	compact, err := up.CoSignature()
	if err != nil || compact == "" {
		return nil, err
	}
	parsed, err := message.ParseCoSignature(compact)
	if err != nil {
		return nil, under(CoSignaturePart, err)
	}
	second, err := onNewest(ctx, r, func(s *registry.Snapshot) (message.VerifiedCoSignature, error) {
		owner, ok := coSigner(s.Book, parsed.Kid(), v.Envelope().Sender.Party)
		if !ok {
			return message.VerifiedCoSignature{}, ErrCoSigner
		}
		second, err := parsed.Verify(owner.Key)
		if err != nil {
			return message.VerifiedCoSignature{}, ErrCoSigner
		}
		return second, nil
	})
	if err != nil {
		return nil, err
	}
	if !second.CoSignature().Matches(v) {
		return nil, fault.List{{Place: CoSignaturePart, Message: "gaat over een ander bericht of een andere envelop: laat uw collega deze envelop ondertekenen"}}
	}
	return &second, nil
}

// under puts faults at a place inside a part.
func under(place string, err error) error {
	var faults fault.List
	if !errors.As(err, &faults) {
		return err
	}
	moved := slices.Clone(faults)
	for i, f := range moved {
		moved[i].Place = place
		if f.Place != "" {
			moved[i].Place = place + "." + f.Place
		}
	}
	return moved
}

// coSigner gives the participant of a party on whose card a key stands.
func coSigner(book *party.Book, kid string, of party.OIN) (party.Participant, bool) {
	owner, ok := book.ByKid(kid)
	if !ok || owner.Participant().OIN != of {
		return party.Participant{}, false
	}
	return owner.Participant(), true
}

// coSignerFacts says who signed with the sender, by the cards of this moment. Who asks first is answered as if a colleague did.
func coSignerFacts(s *registry.Snapshot, now time.Time, m matter) *policy.CoSignerFacts {
	if m.second == nil {
		if m.asked {
			return &policy.CoSignerFacts{Other: true, CardValid: true}
		}
		return nil
	}
	owner, ok := coSigner(s.Book, m.second.Kid(), m.sender.Party)
	if !ok {
		return nil
	}
	_, valid, _ := s.Party(m.sender.Party, now)
	person := slices.ContainsFunc(owner.Functions, func(f vocabulary.Function) bool { return f != softwareConnection })
	return &policy.CoSignerFacts{
		Participant: owner.ID,
		Other:       owner.ID != m.sender.Participant && person,
		CardValid:   valid && owner.Valid.Contains(now),
	}
}

// coSignedRecords proves the second signature in the trail, next to the decision that counted on it. The recipients see it when they get
// the message; of a refusal they see nothing.
func (d ruling) coSignedRecords(v message.VerifiedEnvelope, sent bool) []tlog.Record {
	if d.second == nil {
		return nil
	}
	compact := d.second.Compact()
	rec := recordOf(tlog.CoSigned, v.Envelope())
	rec.JWS = &compact
	rec.Sender = &tlog.Actor{Party: string(v.Envelope().Sender.Party)}
	if owner, ok := coSigner(d.snapshot.Book, d.second.Kid(), v.Envelope().Sender.Party); ok {
		rec.Sender.Participant = owner.ID
		if len(owner.Functions) > 0 {
			rec.Sender.Function = string(owner.Functions[0])
		}
	}
	if sent {
		for _, t := range d.targets {
			rec.Recipients = append(rec.Recipients, t.inTrail())
		}
	}
	return []tlog.Record{rec}
}
