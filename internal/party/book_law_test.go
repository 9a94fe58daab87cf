package party_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/party"
)

// deck is a set of cards to play in any order: versions, keys and beheerders that clash as much as they can.
func deck(w *world) (parties []party.VerifiedCard, people []party.VerifiedParticipant) {
	one, two := w.admin, newKey(w.t)
	keys := []party.Participant{w.participant(school, "a", 1), w.participant(school, "b", 1)}
	for version := 1; version <= 3; version++ {
		for i, admins := range [][]party.Admin{{{ID: "1", Key: &one.PublicKey}}, {{ID: "2", Key: &two.PublicKey}}} {
			c := w.verified(w.card(school, version, func(c *party.Card) { c.Admins = admins }))
			parties = append(parties, c)
			w.admin = one
			if i == 1 {
				w.admin = two
			}
			for _, id := range []string{"a", "b"} {
				for _, holder := range keys {
					people = append(people, w.verifiedParticipant(w.participant(school, id, version, func(p *party.Participant) { p.Key = holder.Key }), c))
				}
			}
		}
	}
	return parties, people
}

// seen is all that a book gives, as text.
func seen(b *party.Book) string {
	var text strings.Builder
	for _, c := range b.Parties() {
		fmt.Fprintln(&text, c.Digest())
		for _, p := range b.Participants(c.Card().OIN) {
			fmt.Fprintln(&text, p.Digest())
		}
	}
	return text.String()
}

// Laws, whatever order cards come in: a version never goes down, also not by way of a participant that did not count for a
// while; a key has one answer, and it is the participant that the book gives; each participant's beheerder stands on the card;
// a refused card changes nothing; and no book ever changes.
func TestBookLaws(t *testing.T) {
	w := newWorld(t)
	parties, people := deck(w)
	rapid.Check(t, func(t *rapid.T) {
		book := party.NewBook()
		highest := map[string]int{}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			before := seen(book)
			var next *party.Book
			var err error
			if rapid.IntRange(0, 3).Draw(t, "which") == 0 {
				next, err = book.WithParty(rapid.SampledFrom(parties).Draw(t, "party"))
			} else {
				next, err = book.WithParticipant(rapid.SampledFrom(people).Draw(t, "participant"))
			}
			if seen(book) != before {
				t.Fatal("an old book changed")
			}
			if err != nil && next != book {
				t.Fatal("a refused card gave another book")
			}
			book = next
			lawful(t, book, highest)
		}
	})
}

func lawful(t *rapid.T, book *party.Book, highest map[string]int) {
	up := func(name string, version int) {
		if version < highest[name] {
			t.Fatalf("%s went from %d to %d", name, highest[name], version)
		}
		highest[name] = version
	}
	kids := map[string]bool{}
	for _, c := range book.Parties() {
		up("party", c.Card().Version)
		for _, p := range book.Participants(c.Card().OIN) {
			up(p.Participant().ID, p.Participant().Version)
			if kids[p.Kid()] {
				t.Fatal("two participants hold one key")
			}
			kids[p.Kid()] = true
			if found, ok := book.ByKid(p.Kid()); !ok || found.Digest() != p.Digest() {
				t.Fatal("the key of a participant gives another answer")
			}
			if _, err := party.VerifyParticipant(p.Compact(), c); err != nil {
				t.Fatalf("a participant in the book does not hold under the card in the book: %v", err)
			}
		}
	}
}
