package party

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Why a book does not take a card.
var (
	ErrOlder    = errors.New("kaart is ouder dan de bekende")
	ErrConflict = errors.New("andere kaart met hetzelfde versienummer, of een sleutel die al van een andere deelnemer is")
	ErrUnknown  = errors.New("onbekende partij")
)

// Book is an address book: the newest verified card of each party and participant. It is immutable; With… gives a new one.
//
// A participant counts as long as the beheerder who signed the card stands on the newest card of the party, and the party's role
// knows the functions. One that no longer counts is not given by any method, but the book remembers its version and its key,
// so that an older card cannot come back and the key cannot become somebody else's.
//
// A book does not look at the clock: cards whose days have passed are given too, and the caller must check
// [Validity.Contains] of the participant's card and of its party's.
type Book struct {
	parties map[OIN]*entry
	kids    map[string]address // by thumbprint of the participant's key
}

type entry struct {
	card         VerifiedCard
	participants map[string]standing // by id
}

type standing struct {
	card   VerifiedParticipant
	counts bool
}

type address struct {
	oin OIN
	id  string
}

// NewBook gives an empty book.
func NewBook() *Book { return &Book{} }

// Party gives the newest card of a party.
func (b *Book) Party(oin OIN) (VerifiedCard, bool) {
	e, ok := b.parties[oin]
	if !ok {
		return VerifiedCard{}, false
	}
	return e.card, true
}

// Participant gives the newest card of a participant that counts.
func (b *Book) Participant(oin OIN, id string) (VerifiedParticipant, bool) {
	e, ok := b.parties[oin]
	if !ok {
		return VerifiedParticipant{}, false
	}
	s := e.participants[id]
	if !s.counts {
		return VerifiedParticipant{}, false
	}
	return s.card, true
}

// ByKid gives the participant whose newest card holds the key with this thumbprint. There is never more than one.
func (b *Book) ByKid(kid string) (VerifiedParticipant, bool) {
	at, ok := b.kids[kid]
	if !ok {
		return VerifiedParticipant{}, false
	}
	return b.Participant(at.oin, at.id)
}

// WithFunction gives the participants of a party in a function, sorted by id, valid today or not.
func (b *Book) WithFunction(oin OIN, f vocabulary.Function) []VerifiedParticipant {
	return slices.DeleteFunc(b.Participants(oin), func(p VerifiedParticipant) bool {
		return !slices.Contains(p.participant.Functions, f)
	})
}

// Parties gives all party cards, sorted by OIN.
func (b *Book) Parties() []VerifiedCard {
	cards := make([]VerifiedCard, 0, len(b.parties))
	for _, oin := range slices.Sorted(maps.Keys(b.parties)) {
		cards = append(cards, b.parties[oin].card)
	}
	return cards
}

// Participants gives the participants of a party that count, sorted by id.
func (b *Book) Participants(oin OIN) []VerifiedParticipant {
	e, ok := b.parties[oin]
	if !ok {
		return nil
	}
	cards := make([]VerifiedParticipant, 0, len(e.participants))
	for _, s := range e.participants {
		if s.counts {
			cards = append(cards, s.card)
		}
	}
	slices.SortFunc(cards, func(x, y VerifiedParticipant) int { return cmp.Compare(x.participant.ID, y.participant.ID) })
	return cards
}
