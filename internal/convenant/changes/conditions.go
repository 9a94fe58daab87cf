package changes

import (
	"reflect"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
)

// conditions tells which conditions of a flow came, went, or ask something else. One that goes lets more through.
func (c *comparison) conditions(message, article string, before, after []convenant.Condition) {
	for _, now := range after {
		was, there := with(before, now)
		switch {
		case !there:
			c.less("Voor %s geldt voortaan de voorwaarde: %s%s", message, words(now), article)
		case !reflect.DeepEqual(was.Parameter, now.Parameter):
			more, less := compareParameters(now, was.Parameter, now.Parameter)
			group := Less
			if more {
				group = More
			}
			c.add(Change{Group: group, More: more, Less: less}, "Voor %s geldt voortaan: %s; dat was: %s%s", message, words(now), words(was), article)
		}
	}
	for _, was := range before {
		if _, there := with(after, was); !there {
			c.more("Voor %s vervalt de voorwaarde: %s%s", message, words(was), article)
		}
	}
}

func words(c convenant.Condition) string { return tell.Conditions([]convenant.Condition{c})[0] }

func with(list []convenant.Condition, like convenant.Condition) (convenant.Condition, bool) {
	i := slices.IndexFunc(list, func(c convenant.Condition) bool { return c.Code == like.Code })
	if i < 0 {
		return convenant.Condition{}, false
	}
	return list[i], true
}

// compareParameters tells whether another parameter of a condition lets more or less through; both when nobody can say.
func compareParameters(c convenant.Condition, before, after any) (more, less bool) {
	switch was := before.(type) {
	case float64:
		now, ok := after.(float64)
		switch c.Code {
		case "fase-minimaal", "meldcode-stappen": // at least so much
			return !ok || now < was, !ok || now > was
		case "gericht": // at most so many
			return !ok || now > was, !ok || now < was
		}
	case []any: // one of these
		now, ok := after.([]any)
		if !ok {
			return true, true
		}
		came, went := difference(was, now)
		return len(came) > 0, len(went) > 0
	case map[string]any: // maximum: so many in a period
		now, ok := after.(map[string]any)
		old, wasNumber := was["aantal"].(float64)
		number, isNumber := now["aantal"].(float64)
		if ok && wasNumber && isNumber && was["per"] == now["per"] {
			return number > old, number < old
		}
	}
	return true, true
}
