package changes_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// someSchools are the kinds of school that are drawn; "" is a school that does not say.
var someSchools = []vocabulary.SchoolType{"vo", "mbo", ""}

// edited gives a copy of a convenant with a few edits, as people make them in an editor.
func edited(t *rapid.T, c *convenant.Convenant, label string) *convenant.Convenant {
	out := copied(t, c)
	for range rapid.IntRange(0, 4).Draw(t, label) {
		if rapid.IntRange(0, 5).Draw(t, "whole") == 0 {
			editWhole(t, out)
			continue
		}
		editFlow(t, out, rapid.IntRange(0, len(out.Flows)-1).Draw(t, "which"))
	}
	return out
}

func editWhole(t *rapid.T, c *convenant.Convenant) {
	switch rapid.IntRange(0, 5).Draw(t, "edit") {
	case 0:
		c.Valid.Until = rapid.SampledFrom([]string{"2026-12-31", "2029-12-31", "2031-12-31"}).Draw(t, "until")
	case 1:
		c.Valid.From = rapid.SampledFrom([]string{"2025-01-01", "2026-01-01", "2027-01-01"}).Draw(t, "from")
	case 2:
		c.PerParty = !c.PerParty
	case 3:
		c.X25519 = !c.X25519
	case 4:
		if len(c.Parties) > 1 {
			c.Parties = slices.Delete(c.Parties, 0, 1)
		}
	case 5:
		if len(c.Flows) > 1 {
			c.Flows = slices.Delete(c.Flows, 0, 1)
		}
	}
}

func editFlow(t *rapid.T, c *convenant.Convenant, i int) {
	f := &c.Flows[i]
	switch rapid.IntRange(0, 10).Draw(t, "edit") {
	case 0:
		f.Categories = toggled(t, f.Categories, "signaal", "verzuim", "gedrag")
	case 1:
		f.From.Functions = toggled(t, f.From.Functions, f.From.Functions[0], "schoolleiding")
	case 2:
		f.To.Functions = toggled(t, f.To.Functions, f.To.Functions[0], "jeugdcoordinator")
	case 3:
		f.Bases = toggled(t, f.Bases, "avg-6-1-e", "avg-6-1-c", "wpg-20")
	case 4:
		f.Purposes = toggled(t, f.Purposes, "veilige-school", "hulp-en-zorg")
	case 5:
		f.From.SchoolTypes = rapid.SampledFrom([][]vocabulary.SchoolType{nil, {"vo"}, {"vo", "mbo"}, {"mbo"}}).Draw(t, "schools")
	case 6:
		f.MaxPeople = rapid.IntRange(1, 6).Draw(t, "people")
	case 7:
		f.Conditions = rapid.SampledFrom([][]convenant.Condition{
			nil, {{Code: "proportioneel"}}, {{Code: "fase-minimaal", Parameter: 2.0}}, {{Code: "fase-minimaal", Parameter: 3.0}, {Code: "proportioneel"}},
			{{Code: "gericht", Parameter: 5.0}}, {{Code: "gericht", Parameter: 3.0}}, {{Code: "leeftijdsgroep", Parameter: []any{"12-17"}}},
			{{Code: "leeftijdsgroep", Parameter: []any{"12-17", "18-22"}}},
		}).Draw(t, "conditions")
	case 8:
		f.ID += "-anders"
	case 9: // split in two
		c.Flows = append(c.Flows, *f)
		c.Flows[len(c.Flows)-1].ID += "-2"
	case 10:
		f.Kind = rapid.SampledFrom([]vocabulary.Kind{"signaal", "notificatie"}).Draw(t, "kind")
	}
}

// toggled takes an item out of a list, or puts it in; a list keeps one item at least.
func toggled[T comparable](t *rapid.T, list []T, items ...T) []T {
	item := rapid.SampledFrom(items).Draw(t, "item")
	i := slices.Index(list, item)
	switch {
	case i < 0:
		return append(slices.Clone(list), item)
	case len(list) == 1:
		return list
	default:
		return slices.Delete(slices.Clone(list), i, i+1)
	}
}
