// Package changes tells what a new version of a convenant changes, in sentences that a policy officer can put before a council: what
// may be shared more, what less, who joins and who leaves, which terms and keys are others. It is pure.
//
// It promises that nothing that a version newly allows goes unsaid: when no change says more, every message that the new version lets
// through was let through by the old one. In doubt it says both more and less. It must not judge whether a change is wise; that is for
// people, and for lint.
package changes

import (
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// Group is under which heading a change stands.
type Group string

// The groups, in the order in which they are told.
const (
	More    Group = "meer"
	Less    Group = "minder"
	Parties Group = "partijen"
	Terms   Group = "termijnen"
	Keys    Group = "sleutels"
	Other   Group = "overig"
)

// Groups gives all groups in the order in which they are told.
func Groups() []Group { return []Group{More, Less, Parties, Terms, Keys, Other} }

// Change is one thing that is other than it was.
type Change struct {
	Group    Group  `json:"groep"`
	Flow     string `json:"stroom,omitempty"` // its id in the new version, or in the old one when it is gone
	Sentence string `json:"zin"`              // Dutch
	More     bool   `json:"meer"`             // something may pass that could not
	Less     bool   `json:"minder"`           // something may no longer pass
}

// Direction is what a version does as a whole to what may be shared.
type Direction string

// The directions.
const (
	Same     Direction = "gelijk"
	OnlyMore Direction = "meer"
	OnlyLess Direction = "minder"
	Both     Direction = "beide"
)

// Changes is everything that differs between two versions.
type Changes struct {
	Direction Direction `json:"richting"`
	List      []Change  `json:"wijzigingen"` // by group, and in a group by the order of the convenant
}

// Between tells what changes when one version follows on another. The two need not be of the same convenant.
func Between(before, after *convenant.Convenant) Changes {
	c := &comparison{before: before, after: after, list: []Change{}}
	c.flows()
	c.parties()
	c.lead()
	c.cardKeys()
	c.validity()
	c.retention()
	c.entry()
	c.algorithms()
	c.rules()
	c.texts()
	slices.SortStableFunc(c.list, func(a, b Change) int { return slices.Index(Groups(), a.Group) - slices.Index(Groups(), b.Group) })
	return Changes{direction(c.list), c.list}
}

func direction(list []Change) Direction {
	more := slices.ContainsFunc(list, func(c Change) bool { return c.More })
	less := slices.ContainsFunc(list, func(c Change) bool { return c.Less })
	switch {
	case more && less:
		return Both
	case more:
		return OnlyMore
	case less:
		return OnlyLess
	default:
		return Same
	}
}

// comparison collects the changes between two versions.
type comparison struct {
	before, after *convenant.Convenant
	flow          string // the flow that is being looked at
	list          []Change
}

func (c *comparison) more(format string, args ...any) {
	c.add(Change{Group: More, More: true}, format, args...)
}

func (c *comparison) less(format string, args ...any) {
	c.add(Change{Group: Less, Less: true}, format, args...)
}

func (c *comparison) add(change Change, format string, args ...any) {
	change.Flow, change.Sentence = c.flow, fmt.Sprintf(format, args...)
	c.list = append(c.list, change)
}

// difference gives what came and what went between two lists, each in its own order.
func difference[T comparable](before, after []T) (came, went []T) {
	for _, item := range after {
		if !slices.Contains(before, item) {
			came = append(came, item)
		}
	}
	for _, item := range before {
		if !slices.Contains(after, item) {
			went = append(went, item)
		}
	}
	return came, went
}
