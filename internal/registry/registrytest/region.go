// Package registrytest makes a region for tests: a CA, parties with their cards, people with their keys, and the convenant of
// Den Bosch with their card keys in it, signed by all. Everything in it is real; nothing is kept or sent.
//
// It promises a fresh region at each call, so that no test sees another's changes, and that what it publishes comes in one order. It must not
// be imported by what ships.
package registrytest

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"maps"
	"slices"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Region is the parties of the example convenant, by a short name: gemeente, politie, school, mbo, veilig-thuis, rvdk,
// leerplicht, halt, gi, jongerenwerk.
type Region struct {
	CA      *pki.CA
	Anchors *party.Anchors
	Parties map[string]*Party
}

// Party is one organisation with its keys.
type Party struct {
	OIN     party.OIN
	Signing pki.Identity // signs the card, convenants, Wpg decisions
	TLS     pki.Identity
	Admin   *ecdsa.PrivateKey
	Card    party.Card
	Compact string
	People  []*Person
}

// Person is a participant with their keys.
type Person struct {
	Card    party.Participant
	Key     *ecdsa.PrivateKey
	Age     *age.HybridIdentity
	Compact string
}

// who says which people there are: each party of the example convenant, and its people in the functions that its flows name.
var who = []struct {
	name       string
	oin        party.OIN
	role       vocabulary.Role
	schoolType vocabulary.SchoolType
	people     map[string][]vocabulary.Function
}{
	{"gemeente", "00000099000000010000", "gemeente", "", map[string][]vocabulary.Function{"cb-1": {"convenantbeheerder"}}},
	{"politie", "00000099000000020000", "politie", "", map[string][]vocabulary.Function{
		"wa-7": {"wijkagent"}, "wa-8": {"wijkagent"}, "scp-1": {"schoolcontactpersoon"}, "fg-1": {"privacyfunctionaris"}}},
	{"school", "00000099000000030000", "school", "vo", map[string][]vocabulary.Function{
		"vc-1": {"veiligheidscoordinator", "zorgcoordinator"}, "zc-1": {"zorgcoordinator"}, "fg-1": {"privacyfunctionaris"}}},
	{"mbo", "00000099000000040000", "school", "mbo", map[string][]vocabulary.Function{"vc-1": {"veiligheidscoordinator"}}},
	{"veilig-thuis", "00000099000000050000", "veilig-thuis", "", map[string][]vocabulary.Function{"vt-1": {"medewerker-veilig-thuis"}}},
	{"rvdk", "00000099000000060000", "rvdk", "", map[string][]vocabulary.Function{"ro-1": {"raadsonderzoeker"}}},
	{"leerplicht", "00000099000000070000", "leerplicht", "", map[string][]vocabulary.Function{"la-1": {"leerplichtambtenaar"}}},
	{"halt", "00000099000000080000", "halt", "", map[string][]vocabulary.Function{"hm-1": {"medewerker"}}},
	{"gi", "00000099000000090000", "gi", "", map[string][]vocabulary.Function{"gm-1": {"medewerker"}}},
	{"jongerenwerk", "00000099000000100000", "jongerenwerk", "", map[string][]vocabulary.Function{"jw-1": {"medewerker"}}},
}

// Days of every card.
var Days = party.Validity{From: "2020-01-01", Until: "2099-12-31"}

// New makes a region.
func New(t testing.TB) *Region {
	t.Helper()
	ca, err := pki.NewCA("Testregio")
	check(t, err)
	r := &Region{CA: ca, Anchors: party.NewAnchors([]*x509.Certificate{ca.Root}), Parties: map[string]*Party{}}
	for _, w := range who {
		p := &Party{OIN: w.oin, Admin: Key(t)}
		p.Signing, err = ca.IssueCardSigner(w.oin, w.name)
		check(t, err)
		p.TLS, err = ca.IssueClient(w.oin, w.name)
		check(t, err)
		p.Card = party.Card{OIN: w.oin, Name: w.name, Role: w.role, Version: 1, Valid: Days, Admins: []party.Admin{{ID: "beheer", Key: &p.Admin.PublicKey}}}
		if w.schoolType != "" {
			p.Card.SchoolType = &w.schoolType
		}
		p.Sign(t)
		for _, id := range slices.Sorted(maps.Keys(w.people)) {
			p.Add(t, id, w.people[id]...)
		}
		r.Parties[w.name] = p
	}
	return r
}

// InOrder gives the parties by their names: what is kept of them has the same numbers in each run.
func (r *Region) InOrder() []*Party {
	var list []*Party
	for _, name := range slices.Sorted(maps.Keys(r.Parties)) {
		list = append(list, r.Parties[name])
	}
	return list
}

// Sign signs the party's card as it is now.
func (p *Party) Sign(t testing.TB) string {
	t.Helper()
	var err error
	p.Compact, err = party.SignCard(p.Card, p.Signing.Key, p.Signing.Chain)
	check(t, err)
	return p.Compact
}

// Add makes a participant with fresh keys and a signed card.
func (p *Party) Add(t testing.TB, id string, functions ...vocabulary.Function) *Person {
	t.Helper()
	identity, err := age.GenerateHybridIdentity()
	check(t, err)
	who := &Person{Key: Key(t), Age: identity}
	who.Card = party.Participant{
		OIN: p.OIN, ID: id, Version: 1, Name: "Deelnemer " + id, Functions: functions, Key: &who.Key.PublicKey,
		Age: []string{identity.Recipient().String()}, Valid: Days,
	}
	p.SignPerson(t, who)
	p.People = append(p.People, who)
	return who
}

// SignPerson signs a participant's card as it is now.
func (p *Party) SignPerson(t testing.TB, who *Person) string {
	t.Helper()
	var err error
	who.Compact, err = party.SignParticipant(who.Card, p.Admin)
	check(t, err)
	return who.Compact
}

// Person gives a participant of the party.
func (p *Party) Person(id string) *Person {
	for _, who := range p.People {
		if who.Card.ID == id {
			return who
		}
	}
	panic("registrytest: no participant " + id)
}

// Key makes a signing key.
func Key(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := jose.GenerateKey()
	check(t, err)
	return key
}

// CardPublisher is registry.Registry, as far as cards go.
type CardPublisher interface {
	PublishCard(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error)
}

// PublishCards publishes every card.
func (r *Region) PublishCards(t testing.TB, to CardPublisher) {
	t.Helper()
	for _, p := range r.InOrder() {
		_, err := to.PublishCard(t.Context(), p.OIN, p.Compact)
		check(t, err)
		for _, who := range p.People {
			_, err := to.PublishCard(t.Context(), p.OIN, who.Compact)
			check(t, err)
		}
	}
}

// Book gives the address book of all cards, for tests that need no more.
func (r *Region) Book(t testing.TB, now time.Time) *party.Book {
	t.Helper()
	var cards []party.VerifiedCard
	var people []party.VerifiedParticipant
	for _, p := range r.Parties {
		card, err := r.Anchors.VerifyParty(p.Compact, now)
		check(t, err)
		cards = append(cards, card)
		for _, who := range p.People {
			v, err := party.VerifyParticipant(who.Compact, card)
			check(t, err)
			people = append(people, v)
		}
	}
	book, err := party.NewBook().WithAll(cards, people)
	check(t, err)
	return book
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
