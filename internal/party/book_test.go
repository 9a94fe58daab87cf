package party_test

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func ids(cards []party.VerifiedParticipant) (ids []string) {
	for _, c := range cards {
		ids = append(ids, c.Participant().ID)
	}
	return ids
}

func TestBookFinds(t *testing.T) {
	w := newWorld(t)
	s, p := w.verified(w.card(school, 1)), w.verified(w.card(police, 1))
	vc2 := w.verifiedParticipant(w.participant(school, "vc-2", 1), s)
	vc1 := w.verifiedParticipant(w.participant(school, "vc-1", 1), s)
	zc := w.verifiedParticipant(w.participant(school, "zc-1", 1, func(p *party.Participant) {
		p.Functions = []vocabulary.Function{"zorgcoordinator"}
	}), s)
	book, err := party.NewBook().WithAll([]party.VerifiedCard{s, p}, []party.VerifiedParticipant{vc2, zc, vc1})
	check(t, err)

	if all := book.Parties(); len(all) != 2 || all[0].Card().OIN != police || all[1].Card().OIN != school {
		t.Error("parties are not sorted by OIN")
	}
	if got := ids(book.Participants(school)); len(got) != 3 || got[0] != "vc-1" || got[2] != "zc-1" {
		t.Errorf("participants %v", got)
	}
	if got := ids(book.WithFunction(school, "veiligheidscoordinator")); len(got) != 2 || got[0] != "vc-1" || got[1] != "vc-2" {
		t.Errorf("with function %v", got)
	}
	if got, ok := book.ByKid(vc1.Kid()); !ok || got.Compact() != vc1.Compact() {
		t.Error("not found by its key")
	}
	for name, found := range map[string]bool{
		"a party":             second(book.Party("00000099000000990000")),
		"a participant":       second(book.Participant(police, "vc-1")),
		"a party's":           second(book.Participant("00000099000000990000", "vc-1")),
		"a key":               second(book.ByKid("x")),
		"people of nobody":    len(book.Participants("00000099000000990000")) > 0,
		"anything when empty": second(party.NewBook().ByKid(vc1.Kid())) || len(party.NewBook().Parties()) > 0,
	} {
		if found {
			t.Errorf("found %s that is not there", name)
		}
	}
}

func second[T any](_ T, ok bool) bool { return ok }

func TestBookOnlyGoesUp(t *testing.T) {
	w := newWorld(t)
	v1, v2 := w.verified(w.card(school, 1)), w.verified(w.card(school, 2))
	v2b := w.verified(w.card(school, 2, func(c *party.Card) { c.Name = "Een ander" }))
	book, err := party.NewBook().WithParty(v2)
	check(t, err)
	if same, err := book.WithParty(v2); err != nil || same != book {
		t.Errorf("the same card: another book, or %v", err)
	}
	if _, err := book.WithParty(v1); !errors.Is(err, party.ErrOlder) {
		t.Errorf("an older card: %v", err)
	}
	if _, err := book.WithParty(v2b); !errors.Is(err, party.ErrConflict) {
		t.Errorf("another card of the same version: %v", err)
	}
	if _, err := book.WithParty(party.VerifiedCard{}); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("the zero card: %v", err)
	}

	p1, p2 := w.participant(school, "vc-1", 1), w.participant(school, "vc-1", 2)
	first, next := w.verifiedParticipant(p1, v2), w.verifiedParticipant(p2, v2)
	other := w.verifiedParticipant(w.participant(school, "vc-1", 2), v2)
	book, err = book.WithParticipant(next)
	check(t, err)
	if same, err := book.WithParticipant(next); err != nil || same != book {
		t.Errorf("the same card: another book, or %v", err)
	}
	if _, err := book.WithParticipant(first); !errors.Is(err, party.ErrOlder) {
		t.Errorf("an older card: %v", err)
	}
	if _, err := book.WithParticipant(other); !errors.Is(err, party.ErrConflict) {
		t.Errorf("another card of the same version: %v", err)
	}
	if _, err := book.WithParticipant(party.VerifiedParticipant{}); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("the zero card: %v", err)
	}
	if _, err := party.NewBook().WithParticipant(next); !errors.Is(err, party.ErrUnknown) {
		t.Errorf("of an unknown party: %v", err)
	}
}

// A key points at one participant, always: also when the one who holds it does not count now.
func TestBookGivesAKeyToOneParticipant(t *testing.T) {
	w := newWorld(t)
	s, p := w.verified(w.card(school, 1)), w.verified(w.card(police, 1))
	key := &newKey(t).PublicKey
	with := func(p *party.Participant) { p.Key = key }
	mine := w.verifiedParticipant(w.participant(school, "vc-1", 1, with), s)
	colleague := w.verifiedParticipant(w.participant(school, "vc-2", 1, with), s)
	elsewhere := w.verifiedParticipant(w.participant(police, "wa-7", 1, with), p)
	book, err := party.NewBook().WithAll([]party.VerifiedCard{s, p}, []party.VerifiedParticipant{mine})
	check(t, err)
	for name, card := range map[string]party.VerifiedParticipant{"a colleague": colleague, "another party": elsewhere} {
		if _, err := book.WithParticipant(card); !errors.Is(err, party.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	fresh := w.verified(w.card(school, 2, func(c *party.Card) { c.Admins[0].Key = &newKey(t).PublicKey }))
	gone, err := book.WithParty(fresh)
	check(t, err)
	if second(gone.ByKid(mine.Kid())) {
		t.Fatal("the key of somebody who does not count is found")
	}
	if _, err := gone.WithParticipant(elsewhere); !errors.Is(err, party.ErrConflict) {
		t.Errorf("the key of somebody who does not count: %v", err)
	}
	rotated, err := book.WithParticipant(w.verifiedParticipant(w.participant(school, "vc-1", 2), s))
	check(t, err)
	if second(rotated.ByKid(mine.Kid())) {
		t.Error("the old key is still found")
	}
	if _, err := rotated.WithParticipant(colleague); err != nil {
		t.Errorf("a key that its holder gave up: %v", err)
	}
}

// When the party card no longer lists the beheerder who signed, or the role no longer knows the function, the card does not
// count; and an older one cannot come back in its place.
func TestBookDropsWhatThePartyNoLongerStandsFor(t *testing.T) {
	w := newWorld(t)
	v1 := w.verified(w.card(school, 1))
	person := w.verifiedParticipant(w.participant(school, "vc-1", 5), v1)
	book, err := party.NewBook().WithAll([]party.VerifiedCard{v1}, []party.VerifiedParticipant{person})
	check(t, err)

	old := w.admin
	w.admin = newKey(t)
	v2 := w.verified(w.card(school, 2))
	without, err := book.WithParty(v2)
	check(t, err)
	if second(without.Participant(school, "vc-1")) || len(without.Participants(school)) != 0 {
		t.Error("still counts without its beheerder")
	}
	if _, err := without.WithParticipant(person); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("put back: %v", err)
	}
	lower := w.verifiedParticipant(w.participant(school, "vc-1", 4), v2)
	if _, err := without.WithParticipant(lower); !errors.Is(err, party.ErrOlder) {
		t.Errorf("a lower version by the new beheerder: %v", err)
	}
	higher := w.verifiedParticipant(w.participant(school, "vc-1", 6), v2)
	if again, err := without.WithParticipant(higher); err != nil || !second(again.Participant(school, "vc-1")) {
		t.Errorf("a higher version by the new beheerder: %v", err)
	}
	if !second(book.Participant(school, "vc-1")) {
		t.Error("the book of before changed")
	}
	w.admin = old
	both, err := without.WithParty(w.verified(w.card(school, 3)))
	check(t, err)
	if !second(both.Participant(school, "vc-1")) {
		t.Error("does not count again with its beheerder back")
	}
	halt, err := book.WithParty(w.verified(w.card(school, 2, func(c *party.Card) { c.Role, c.SchoolType = "halt", nil })))
	check(t, err)
	if second(halt.Participant(school, "vc-1")) {
		t.Error("still counts in a role that does not know its function")
	}
}
