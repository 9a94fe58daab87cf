package demo

import (
	"fmt"

	"github.com/sluis-gateway/sluis/internal/client"
)

// people are the participants at their desks: one client for each, opened when first needed.
type people struct {
	folder folder
	open   map[string]*client.Client
}

// at gives the client of one person, who must stand in the region.
func (p *people) at(org, id string) (*client.Client, error) {
	o := find(org)
	for _, one := range o.people {
		if one.id != id {
			continue
		}
		name := o.profile(one)
		if c, ok := p.open[name]; ok {
			return c, nil
		}
		profile, err := client.LoadProfile(p.folder.profile(o, one))
		if err != nil {
			return nil, fmt.Errorf("opening profile %s: %w", name, err)
		}
		c, err := client.New(profile)
		if err != nil {
			return nil, fmt.Errorf("opening profile %s: %w", name, err)
		}
		if p.open == nil {
			p.open = map[string]*client.Client{}
		}
		p.open[name] = c
		return c, nil
	}
	return nil, fmt.Errorf("nobody called %s in %s", id, org)
}

func (p *people) close() {
	for _, c := range p.open {
		c.Close()
	}
}
