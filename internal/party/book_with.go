package party

import (
	"maps"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// WithParty gives a book that also holds the card. The same card again gives the same book. [ErrOlder] for a lower version
// than the known one, [ErrConflict] for another card of the same version. A card of the zero value is [ErrUntrusted].
func (b *Book) WithParty(c VerifiedCard) (*Book, error) {
	next := b.clone()
	changed, err := next.putParty(c)
	if err != nil || !changed {
		return b, err
	}
	return next, nil
}

// WithParticipant gives a book that also holds the card. The same card again gives the same book. [ErrUnknown] when the party has
// no card here, [ErrUntrusted] when the card does not count under the newest card of the party, [ErrOlder] and [ErrConflict] as
// for [Book.WithParty]; [ErrConflict] too when the key is another participant's.
func (b *Book) WithParticipant(p VerifiedParticipant) (*Book, error) {
	next := b.clone()
	changed, err := next.putParticipant(p)
	if err != nil || !changed {
		return b, err
	}
	return next, nil
}

// WithAll is WithParty for each party and then WithParticipant for each participant, without a copy for each: for loading. At
// the first error nothing is taken.
func (b *Book) WithAll(parties []VerifiedCard, participants []VerifiedParticipant) (*Book, error) {
	next := b.clone()
	for _, c := range parties {
		if _, err := next.putParty(c); err != nil {
			return b, err
		}
	}
	for _, p := range participants {
		if _, err := next.putParticipant(p); err != nil {
			return b, err
		}
	}
	return next, nil
}

// clone copies everything that put… changes; the cards themselves are shared.
func (b *Book) clone() *Book {
	next := &Book{parties: make(map[OIN]*entry, len(b.parties)+1), kids: make(map[string]address, len(b.kids)+1)}
	for oin, e := range b.parties {
		next.parties[oin] = &entry{card: e.card, participants: e.participants}
	}
	maps.Copy(next.kids, b.kids)
	return next
}

func (b *Book) putParty(c VerifiedCard) (changed bool, err error) {
	if c.compact == "" {
		return false, ErrUntrusted
	}
	e, known := b.parties[c.card.OIN]
	if !known {
		b.parties[c.card.OIN] = &entry{card: c, participants: map[string]standing{}}
		return true, nil
	}
	if err := newer(e.card.card.Version, c.card.Version, e.card.digest == c.digest); err != nil || e.card.digest == c.digest {
		return false, err
	}
	participants := make(map[string]standing, len(e.participants))
	for id, s := range e.participants {
		participants[id] = standing{s.card, s.card.countsUnder(c)}
	}
	e.card, e.participants = c, participants
	return true, nil
}

func (b *Book) putParticipant(p VerifiedParticipant) (changed bool, err error) {
	if p.compact == "" {
		return false, ErrUntrusted
	}
	at := address{p.participant.OIN, p.participant.ID}
	e, ok := b.parties[at.oin]
	if !ok {
		return false, ErrUnknown
	}
	if !p.countsUnder(e.card) {
		return false, untrusted("geen beheerder op de nieuwste kaart van de partij heeft deze kaart ondertekend, of de rol kent de functie niet")
	}
	old, known := e.participants[at.id]
	if known {
		same := old.card.digest == p.digest
		if err := newer(old.card.participant.Version, p.participant.Version, same); err != nil || same {
			return false, err
		}
	}
	if holder, taken := b.kids[p.kid]; taken && holder != at {
		return false, ErrConflict
	}
	if known {
		delete(b.kids, old.card.kid)
	}
	b.kids[p.kid] = at
	participants := maps.Clone(e.participants)
	participants[at.id] = standing{p, true}
	e.participants = participants
	return true, nil
}

// newer says whether a card may follow the known one: "versie only goes up".
func newer(known, offered int, same bool) error {
	switch {
	case same || offered > known:
		return nil
	case offered < known:
		return ErrOlder
	}
	return ErrConflict
}

// countsUnder reports whether the card still holds when this is the card of its party.
func (p VerifiedParticipant) countsUnder(c VerifiedCard) bool {
	var faults fault.List
	checkFunctions(p.participant.Functions, c.card.Role, &faults)
	return p.participant.OIN == c.card.OIN && c.admin(p.signer) != nil && len(faults) == 0
}
