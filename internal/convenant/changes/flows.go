package changes

import (
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// flows compares each flow with the one that it follows on, and tells of those that came and went.
func (c *comparison) flows() {
	followed := match(c.before.Flows, c.after.Flows)
	taken := make([]bool, len(c.before.Flows))
	for i, after := range c.after.Flows {
		c.flow = after.ID
		if j := followed[i]; j >= 0 {
			taken[j] = true
			c.compare(c.before.Flows[j], after)
			continue
		}
		c.more("%s mag %s voortaan %s sturen, met %s (%s). Voorwaarden: %s.", tell.Capital(tell.Party(after.From)), tell.Party(after.To),
			tell.Kind(after.Kind), tell.And(tell.Labels(after.Categories)), tell.Article(after.Article), conditions(after))
	}
	for j, before := range c.before.Flows {
		if !taken[j] {
			c.flow = before.ID
			c.less("%s mag %s geen %s meer sturen (%s).", tell.Capital(tell.Party(before.From)), tell.Party(before.To), tell.Label(before.Kind), tell.Article(before.Article))
		}
	}
	c.flow = ""
}

func conditions(f convenant.Flow) string {
	if len(f.Conditions) == 0 {
		return "geen"
	}
	return tell.And(tell.Conditions(f.Conditions))
}

// match gives for each new flow the old one that it follows on, or -1: the one with its id, else the first that is left for the same
// kind between the same roles. An id that now stands for another kind or other roles is another flow.
func match(before, after []convenant.Flow) []int {
	followed := make([]int, len(after))
	taken := make([]bool, len(before))
	same := func(a, b convenant.Flow) bool {
		return a.Kind == b.Kind && a.From.Role == b.From.Role && a.To.Role == b.To.Role
	}
	for i := range after {
		followed[i] = -1
		for j := range before {
			if before[j].ID == after[i].ID && same(before[j], after[i]) {
				followed[i], taken[j] = j, true
			}
		}
	}
	for i := range after {
		for j := range before {
			if followed[i] < 0 && !taken[j] && same(before[j], after[i]) {
				followed[i], taken[j] = j, true
			}
		}
	}
	return followed
}

// compare tells what is other in a flow.
func (c *comparison) compare(before, after convenant.Flow) {
	from, to, kind := tell.Party(after.From), tell.Party(after.To), tell.Kind(after.Kind)
	article := " (" + tell.Article(after.Article) + ")."
	message := kind + " van " + from + " aan " + to

	came, went := difference(before.Categories, after.Categories)
	if len(came) > 0 {
		c.more("%s mag %s bij %s voortaan ook %s geven%s", tell.Capital(from), to, kind, tell.And(tell.Labels(came)), article)
	}
	if len(went) > 0 {
		c.less("%s mag %s bij %s niet meer %s geven%s", tell.Capital(from), to, kind, tell.Or(tell.Labels(went)), article)
	}
	c.side("sturen", message, article, before.From, after.From)
	c.side("krijgen", message, article, before.To, after.To)
	moreAims, fewerAims := difference(before.Purposes, after.Purposes)
	c.pair(message, " mag voortaan ook voor het doel ", " mag niet meer voor het doel ", article, tell.Labels(moreAims), tell.Labels(fewerAims))
	moreBases, fewerBases := difference(before.Bases, after.Bases)
	c.pair(message, " kan voortaan ook rusten op ", " kan niet meer rusten op ", article, bases(moreBases), bases(fewerBases))
	c.conditions(message, article, before.Conditions, after.Conditions)
	if n := after.MaxPeople; n > before.MaxPeople {
		c.more("%s mag voortaan aan %d mensen per ontvanger; dat waren er %d%s", tell.Capital(message), n, before.MaxPeople, article)
	} else if n < before.MaxPeople {
		c.less("%s mag aan hoogstens %d mensen per ontvanger; dat waren er %d%s", tell.Capital(message), n, before.MaxPeople, article)
	}
	c.terms(message, to, before, after)
	if before.Article != after.Article {
		c.add(Change{Group: Other}, "%s staat voortaan in %s; dat was %s.", tell.Capital(message), tell.Article(after.Article), tell.Article(before.Article))
	}
}

// pair tells what came to and went from a list of a flow.
func (c *comparison) pair(message, ifMore, ifLess, article string, came, went []string) {
	if len(came) > 0 {
		c.more("%s%s%s%s", tell.Capital(message), ifMore, tell.Or(came), article)
	}
	if len(went) > 0 {
		c.less("%s%s%s%s", tell.Capital(message), ifLess, tell.Or(went), article)
	}
}

// side tells who may newly send or get a message, and who no longer. A side without soortOnderwijs is there for every school.
func (c *comparison) side(verb, message, article string, before, after convenant.Side) {
	came, went := difference(before.Functions, after.Functions)
	if len(came) > 0 {
		c.more("Ook de %s mag voortaan %s: %s%s", tell.And(tell.Labels(came)), verb, message, article)
	}
	if len(went) > 0 {
		c.less("De %s mag niet meer %s: %s%s", tell.Or(tell.Labels(went)), verb, message, article)
	}
	switch {
	case len(before.SchoolTypes) == 0 && len(after.SchoolTypes) == 0:
	case len(after.SchoolTypes) == 0:
		c.more("%s mag voortaan elke school %s%s", tell.Capital(message), verb, article)
	case len(before.SchoolTypes) == 0:
		c.less("%s mag niet meer elke school %s, alleen %s%s", tell.Capital(message), verb, schools(after.SchoolTypes), article)
	default:
		more, fewer := difference(before.SchoolTypes, after.SchoolTypes)
		if len(more) > 0 {
			c.more("%s mag voortaan ook %s %s%s", tell.Capital(message), schools(more), verb, article)
		}
		if len(fewer) > 0 {
			c.less("%s mag %s niet meer %s%s", tell.Capital(message), schools(fewer), verb, article)
		}
	}
}

func bases(list []vocabulary.Basis) []string {
	said := make([]string, len(list))
	for i, b := range list {
		said[i] = tell.Basis(b)
	}
	return said
}

func schools(types []vocabulary.SchoolType) string {
	return "een school voor " + tell.Or(tell.Labels(types))
}
