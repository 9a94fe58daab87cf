package policy

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// class is what messages have in common for which a shortcut is made: the flows handed in, and in rest, written out in full, the
// value of each fact that stands in [known]. Two messages of one class differ in the other facts only. Where a slice of flows begins
// tells which they are, as in [flowCache]; the class holds on to it.
type class struct {
	flow *convenant.Flow
	n    int
	rest string
}

// knownPlaces are the places of [known], always in the same order.
var knownPlaces = slices.Sorted(maps.Keys(known))

var knownWriters = func() []func(*classText, *Facts) {
	writers := make([]func(*classText, *Facts), len(knownPlaces))
	for i, place := range knownPlaces {
		writers[i] = known[place]
	}
	return writers
}()

// write gives class.rest of the facts, in space that is given.
func (w classText) write(f *Facts) classText {
	for _, write := range knownWriters {
		write(&w, f)
	}
	return w
}

// insides are the facts that have facts in them, by place, with those.
var insides = map[string]shape{
	"":                       factsShape,
	"vastgesteld":            establishedShape,
	"vastgesteld.convenant":  convenantShape,
	"vastgesteld.afzender":   personShape,
	"vastgesteld.ontvanger":  recipientShape,
	"vastgesteld.antwoordOp": replyShape,
	"vastgesteld.zaak":       caseShape,
	"vastgesteld.wpgBesluit": wpgShape,
	"gesteld":                statedShape,
}

// unknowns gives the facts that a class leaves open: all that there are but those in [known].
func unknowns(f *Facts) []*ast.Term {
	absent := map[string]bool{ // null, and known to be: the class says so
		"vastgesteld.antwoordOp": f.Established.InReplyTo == nil,
		"vastgesteld.wpgBesluit": f.Established.Wpg == nil,
	}
	var open []*ast.Term
	var walk func(place string, ref ast.Ref)
	walk = func(place string, ref ast.Ref) {
		for _, key := range insides[place] {
			name := string(key.Value.(ast.String))
			if place != "" {
				name = place + "." + name
			}
			here := ref.Append(key)
			_, fixed := known[name]
			_, deeper := insides[name]
			switch {
			case fixed, absent[name]:
			case deeper:
				walk(name, here)
			default:
				open = append(open, ast.NewTerm(here))
			}
		}
	}
	walk("", ast.InputRootRef)
	return open
}
