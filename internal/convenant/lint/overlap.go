package lint

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// overlap finds flows that let nothing through that another does not let through already. Twice the same is a slip; a strict flow
// inside a loose one is a mistake, because its conditions hold nobody back.
func (l *look) overlap() {
	flows := l.flows()
	for i, inner := range flows {
		for j, outer := range flows {
			if i == j || !inside(inner, outer) {
				continue
			}
			line, _ := l.source.At(fmt.Sprintf("stromen[%d].id", j))
			switch twin := inside(outer, inner); {
			case twin && sameConditions(inner, outer):
				if i > j { // said once, at the second
					l.warn(at(i, "id"), "stroom-dubbel", "haal een van beide weg", "deze stroom staat er twee keer: %s op regel %d is dezelfde", outer.ID, line)
				}
			case twin && i < j && looser(inner, outer):
				// the other of the two is told, from its own side
			case sameConditions(inner, outer):
				l.warn(at(i, "id"), "stroom-binnen-andere", "haal deze stroom weg, of maak de andere kleiner",
					"deze stroom voegt niets toe: alles wat zij toelaat, laat %s (regel %d) ook toe", outer.ID, line)
			case looser(outer, inner):
				l.warn(at(i, "id"), "voorwaarde-omzeild", "zet de voorwaarden ook bij "+outer.ID+", of haal daar weg wat alleen hier mag",
					"de voorwaarden van deze stroom houden niemand tegen: %s (regel %d) laat hetzelfde toe met minder voorwaarden", outer.ID, line)
			}
		}
	}
}

// inside reports whether everything that a flow is for lies in what another is for, conditions apart.
func inside(inner, outer convenant.Flow) bool {
	return inner.Kind == outer.Kind && sideInside(inner.From, outer.From) && sideInside(inner.To, outer.To) &&
		subset(inner.Purposes, outer.Purposes) && subset(inner.Bases, outer.Bases) && subset(inner.Categories, outer.Categories) &&
		inner.MaxPeople <= outer.MaxPeople
}

func sideInside(inner, outer convenant.Side) bool {
	types := len(outer.SchoolTypes) == 0 || len(inner.SchoolTypes) > 0 && subset(inner.SchoolTypes, outer.SchoolTypes)
	return inner.Role == outer.Role && types && subset(inner.Functions, outer.Functions)
}

func subset[T comparable](inner, outer []T) bool {
	return !slices.ContainsFunc(inner, func(one T) bool { return !slices.Contains(outer, one) })
}

// looser reports whether a flow sets no condition that the other does not set in the same words.
func looser(loose, strict convenant.Flow) bool {
	return !slices.ContainsFunc(loose.Conditions, func(c convenant.Condition) bool {
		return !slices.ContainsFunc(strict.Conditions, func(other convenant.Condition) bool { return reflect.DeepEqual(c, other) })
	})
}

func sameConditions(a, b convenant.Flow) bool { return looser(a, b) && looser(b, a) }
