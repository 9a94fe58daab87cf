package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

func (r *Registry) loadCards(ctx context.Context, s *Snapshot, known verified) error {
	kept, err := r.store.Cards(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	parties := make(map[party.OIN]party.VerifiedCard)
	var participants []party.VerifiedParticipant
	for _, c := range kept {
		if c.ID == "" {
			var ok bool
			if parties[c.OIN], s.certified[c.OIN], ok = known.party(c); !ok {
				parties[c.OIN], s.certified[c.OIN], err = r.loadParty(c)
			}
		} else if p, ok := known.participant(c, parties[c.OIN]); ok {
			participants = append(participants, p)
		} else if p, counts, loadErr := loadParticipant(c, parties); loadErr != nil {
			err = loadErr
		} else if counts {
			participants = append(participants, p)
		} else {
			s.retired[personKey{c.OIN, c.ID}] = c.Version
		}
		if err != nil {
			return fmt.Errorf("card of party %s, version %d: %w", c.OIN, c.Version, err)
		}
	}
	all := make([]party.VerifiedCard, 0, len(parties))
	for _, card := range parties {
		all = append(all, card)
	}
	s.Book, err = s.Book.WithAll(all, participants)
	return err
}

func (r *Registry) loadParty(kept party.CardWrite) (party.VerifiedCard, time.Time, error) {
	until, err := certifiedUntil(kept.Compact, jose.PartyCard)
	if err != nil {
		return party.VerifiedCard{}, until, err
	}
	card, err := r.anchors.VerifyParty(kept.Compact, earliest(r.now(), until))
	if err == nil && card.Write() != kept {
		err = errRow
	}
	return card, until, err
}

// loadParticipant verifies a participant's card under the newest card of its party. It does not count any more when that card
// no longer names the beheerder who signed it, or gives the party a role without these functions: no fault of anybody, and no
// reason not to start.
func loadParticipant(kept party.CardWrite, parties map[party.OIN]party.VerifiedCard) (p party.VerifiedParticipant, counts bool, err error) {
	of, ok := parties[kept.OIN]
	if !ok {
		return p, false, party.ErrUnknown
	}
	u, err := jose.Parse(kept.Compact, jose.ParticipantCard)
	if err != nil {
		return p, false, err
	}
	if !slices.ContainsFunc(of.Card().Admins, func(a party.Admin) bool { return jose.Thumbprint(a.Key) == u.Kid }) {
		return p, false, nil
	}
	p, err = party.VerifyParticipant(kept.Compact, of)
	var faults fault.List
	if errors.As(err, &faults) && !slices.ContainsFunc(faults, func(f fault.Fault) bool { return f.Place != "functies" }) {
		return p, false, nil
	}
	if err == nil && p.Write() != kept {
		err = errRow
	}
	return p, err == nil, err
}

// certifiedUntil gives the last moment at which every certificate of an object's chain is valid. What was verified when it
// came in does not become a forgery when its certificate expires ("old signatures are judged at their time in the log",
// WIRE): at start it is judged at that moment, and [Snapshot.Party] sees to it that an expired card counts no more.
func certifiedUntil(compact string, typ jose.Typ) (time.Time, error) {
	u, err := jose.Parse(compact, typ)
	if err != nil {
		return time.Time{}, err
	}
	var until time.Time
	for _, cert := range u.Chain {
		if until.IsZero() || cert.NotAfter.Before(until) {
			until = cert.NotAfter
		}
	}
	return until, nil
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
