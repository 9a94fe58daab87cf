package gatewaytest

import (
	"maps"
	"slices"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Joining is a party that a test brings in itself.
type Joining struct {
	Short      string
	OIN        party.OIN
	Role       vocabulary.Role
	SchoolType vocabulary.SchoolType // "" for what is no school
	People     map[string][]vocabulary.Function
}

// Instead brings in other parties than the ten. They have published nothing and agreed on nothing: see [Party.Publish].
func Instead(all ...Joining) Option {
	return func(r *Region) {
		r.bare, r.joining = true, nil
		for _, j := range all {
			o := organisation{short: j.Short, oin: j.OIN, role: j.Role, school: j.SchoolType}
			for _, id := range slices.Sorted(maps.Keys(j.People)) {
				o.people = append(o.people, somebody{id, j.People[id]})
			}
			r.joining = append(r.joining, o)
		}
	}
}

// Publish publishes the cards of a party.
func (p *Party) Publish() {
	p.region.t.Helper()
	for _, card := range p.Cards {
		p.region.post(p.HTTP(), "/v1/kaarten", "application/jose", card)
	}
}

// Hire makes a participant with a profile and a card, and publishes the card.
func (p *Party) Hire(id string, functions ...vocabulary.Function) *Person {
	p.region.t.Helper()
	search := message.NewSearchKey()
	p.hire(somebody{id, functions}, &search)
	p.region.post(p.HTTP(), "/v1/kaarten", "application/jose", p.Cards[len(p.Cards)-1])
	return p.People[len(p.People)-1]
}
