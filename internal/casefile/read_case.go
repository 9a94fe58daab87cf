package casefile

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// one reads a case.
func (r *reader) one(n ast.Node, place string, parties map[string]Party) Case {
	c := Case{Urgency: vocabulary.Regular, People: 1}
	if tk := n.GetToken(); tk != nil {
		c.Line = tk.Position.Line
	}
	given := map[string]bool{}
	r.fields(n, place, func(key string, at, value ast.Node) {
		given[key] = true
		if !r.field(&c, key, value, place+"."+shown(key), parties) {
			r.fault(at, place, "is geen bekende sleutel van een geval"+perhaps(key))
		}
		if c.Line == 0 || at.GetToken().Position.Line < c.Line {
			c.Line = at.GetToken().Position.Line
		}
	})
	for _, key := range []string{"naam", "van", "naar", "soort", "doel", "grondslag", "gegevens"} {
		if !given[key] {
			r.fault(n, place+"."+key, "ontbreekt")
		}
	}
	switch {
	case given["stroom"] == given["redenen"]:
		r.fault(n, place, "moet zeggen wat eruit komt: stroom (het mag) of redenen (het mag niet), niet allebei")
	case given["redenen"] && len(c.Reasons) == 0:
		r.fault(n, place+".redenen", "moet ten minste één reden hebben")
	}
	return c
}

// keys are what a case can say.
var keys = []string{"naam", "bron", "van", "naar", "soort", "doel", "grondslag", "gegevens", "fase", "urgentie", "verklaringen", "aantalVragen",
	"leeftijdsgroep", "thema", "betrokkenen", "mensen", "motivering", "wpgBesluit", "antwoordOp", "checkBeantwoord", "gestuurd",
	"gestuurdeGegevens", "medeondertekening", "eerderVerstuurd", "anders", "stroom", "redenen", "spoor", "alleenInProces"}

// perhaps suggests what somebody may have meant.
func perhaps(key string) string {
	if likely := vocabulary.Suggest(key, keys); likely != "" {
		return "; bedoelt u " + likely + "?"
	}
	return ""
}

// field reads one key; false when there is no such key.
func (r *reader) field(c *Case, key string, n ast.Node, place string, parties map[string]Party) bool {
	w := r.words
	switch key {
	case "naam":
		c.Name = r.text(n, place)
	case "bron":
		c.Source = r.text(n, place)
	case "van":
		c.From = r.side(n, place, parties)
	case "naar":
		c.To = r.side(n, place, parties)
	case "soort":
		c.Kind = codeAt(r, n, place, "soorten", r.isKind)
	case "doel":
		c.Purpose = codeAt(r, n, place, "doelen", w.HasPurpose)
	case "grondslag":
		c.Basis = codeAt(r, n, place, "grondslagen", w.HasBasis)
	case "gegevens":
		c.Categories = codesAt(r, n, place, "gegevens", w.HasCategory)
	case "fase":
		c.Phase = r.number(n, place, 1, 3)
	case "urgentie":
		c.Urgency = codeAt(r, n, place, "urgenties", w.HasUrgency)
	case "verklaringen":
		c.Statements = codesAt(r, n, place, "verklaringen", w.HasStatement)
	case "aantalVragen":
		c.Questions = r.number(n, place, 0, 1000)
	case "leeftijdsgroep":
		group := codeAt(r, n, place, "leeftijdsgroepen", w.HasAgeGroup)
		c.AgeGroup = &group
	case "thema":
		theme := codeAt(r, n, place, "themas", w.HasTheme)
		c.Theme = &theme
	case "betrokkenen":
		c.Subjects = r.number(n, place, 0, 1000)
	case "mensen":
		if number := r.number(n, place, 1, 100); number != nil {
			c.People = *number
		}
	default:
		return r.circumstance(c, key, n, place) || r.outcome(c, key, n, place)
	}
	return true
}

// circumstance reads the keys that say what came along and what was before.
func (r *reader) circumstance(c *Case, key string, n ast.Node, place string) bool {
	switch key {
	case "motivering":
		c.Motivated = r.truth(n, place)
	case "wpgBesluit":
		c.Wpg = r.truth(n, place)
	case "antwoordOp":
		c.InReplyTo = codeAt(r, n, place, "soorten", r.isKind)
	case "checkBeantwoord":
		c.Checked = r.truth(n, place)
	case "gestuurd":
		c.Sent = codesAt(r, n, place, "soorten", r.isKind)
	case "gestuurdeGegevens":
		c.SentCategories = codesAt(r, n, place, "gegevens", r.words.HasCategory)
	case "medeondertekening":
		c.Alone = !r.truth(n, place)
	case "eerderVerstuurd":
		if number := r.number(n, place, 0, 1000); number != nil {
			c.SentBefore = *number
		}
	case "anders":
		c.Other = map[string]any{}
		r.fields(n, place, func(at string, key, value ast.Node) {
			var v any
			if err := yaml.NodeToValue(value, &v); err != nil {
				r.fault(value, place, "heeft een waarde die niet te lezen is")
			}
			if !strings.HasPrefix(at, "vastgesteld/") && !strings.HasPrefix(at, "gesteld/") {
				r.fault(key, place, "moet een plaats in de feiten zijn, zoals vastgesteld/kantooruren")
			}
			c.Other[at] = v
		})
	default:
		return false
	}
	return true
}

// trailKinds are the kinds of records that one message can leave at once.
var trailKinds = []string{"besluit", "aangeboden", "medeondertekend", "beoordeling"}

const trailList = "spoor"

// outcome reads the keys that say what must come of it.
func (r *reader) outcome(c *Case, key string, n ast.Node, place string) bool {
	switch key {
	case "stroom":
		c.Flow = r.text(n, place)
	case "redenen":
		c.Reasons = codesAt(r, n, place, "redenen", func(code vocabulary.Reason) bool { _, ok := r.words.Reason(code); return ok })
		slices.Sort(c.Reasons)
	case "spoor":
		c.Trail = codesAt(r, n, place, trailList, func(kind string) bool { return slices.Contains(trailKinds, kind) })
	case "alleenInProces":
		c.InProcessOnly = r.text(n, place)
	default:
		return false
	}
	return true
}

func (r *reader) isKind(k vocabulary.Kind) bool {
	_, ok := r.words.Kind(k)
	return ok
}
