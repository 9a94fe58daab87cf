package vocabulary

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// each calls f for every code that has a label, list by list. Reasons and phases are apart: their texts are sentences.
func (v *Vocabulary) each(f func(list, code string, t Text)) {
	plain := func(t Text) Text { return t }
	walk(v.w.Words, "woorden", plain, f)
	walk(v.w.Themes, "themas", plain, f)
	walk(v.w.Statements, "verklaringen", plain, f)
	walk(v.w.AgeGroups, "leeftijdsgroepen", plain, f)
	walk(v.w.Thresholds, "verzuimdrempels", plain, f)
	walk(v.w.Urgencies, "urgenties", plain, f)
	walk(v.w.LogReasons, "logdoelen", plain, f)
	walk(v.w.Conditions, "voorwaarden", func(e conditionItem) Text { return e.Text }, f)
	walk(v.w.SchoolTypes, "onderwijssoorten", plain, f)
	walk(v.w.Purposes, "doelen", func(e purposeEntry) Text { return e.Text }, f)
	walk(v.w.Bases, "grondslagen", func(e basisEntry) Text { return e.Text }, f)
	walk(v.w.Categories, "gegevens", func(e categoryEntry) Text { return e.Text }, f)
	walk(v.w.Kinds, "soorten", func(e kindEntry) Text { return e.Text }, f)
	walk(v.w.Functions, "functies", plain, f)
	walk(v.w.Roles, "rollen", func(e roleEntry) Text { return e.Text }, f)
}

func walk[K ~string, E any](list map[K]E, name string, text func(E) Text, f func(list, code string, t Text)) {
	for _, code := range slices.Sorted(maps.Keys(list)) {
		f(name, string(code), text(list[code]))
	}
}

// check finds codes of a wrong form, missing texts, empty lists, and references to codes that do not exist.
func (v *Vocabulary) check() error {
	c := checker{counts: map[string]int{}}
	v.each(func(list, code string, t Text) {
		c.counts[list]++
		c.form(list, code)
		c.text(list, code, t)
	})
	v.checkParties(&c)
	v.checkBases(&c)
	v.checkRules(&c)
	for _, list := range []string{"rollen", "functies", "onderwijssoorten", "soorten", "doelen", "grondslagen", "gegevens", "voorwaarden",
		"verklaringen", "themas", "leeftijdsgroepen", "urgenties", "logdoelen", "verzuimdrempels", "woorden", "redenen"} {
		if c.counts[list] == 0 {
			c.add("%s is missing or empty", list)
		}
	}
	return errors.Join(c.errs...)
}

func (v *Vocabulary) checkParties(c *checker) {
	for _, f := range v.w.EveryRole {
		refer(c, "functiesVanElkeRol", "", f, v.w.Functions)
	}
	for r, e := range v.w.Roles {
		c.text("rollen", string(r)+" (zin)", e.Phrase)
		for _, f := range e.Functions {
			refer(c, "rollen", string(r), f, v.w.Functions)
		}
	}
	for k, e := range v.w.Categories {
		if e.Ask != "" {
			refer(c, "gegevens", string(k), e.Ask, v.w.Functions)
		}
	}
	for k, e := range v.w.Kinds {
		for _, answered := range e.Answers {
			refer(c, "soorten", string(k), answered, v.w.Kinds)
		}
		if e.Anonymous && e.AboutPerson {
			c.add("soorten: %s cannot be both anoniem and overPersoon", k)
		}
	}
}

func (v *Vocabulary) checkBases(c *checker) {
	for b, e := range v.w.Bases {
		if e.Article == "" {
			c.add("grondslagen: %s names no artikel", b)
		}
		if e.Decision != "" && e.Decision != "zaak" && e.Decision != "samenwerkingsverband" {
			c.add("grondslagen: %s has an unknown wpgBesluit", b)
		}
		for _, r := range slices.Concat(e.From, e.To, e.NotBetween) {
			refer(c, "grondslagen", string(b), r, v.w.Roles)
		}
		for _, k := range e.Kinds {
			refer(c, "grondslagen", string(b), k, v.w.Kinds)
		}
		if len(e.ForKind) > 0 && len(e.Statements) == 0 {
			c.add("grondslagen: %s asks for statements of some kinds only, which the rules do not see", b)
		}
		for k, list := range e.ForKind {
			refer(c, "grondslagen", string(b), k, v.w.Kinds)
			for _, s := range list {
				refer(c, "grondslagen", string(b), s, v.w.Statements)
			}
		}
		for _, s := range e.Statements {
			refer(c, "grondslagen", string(b), s, v.w.Statements)
		}
		for _, g := range e.Categories {
			refer(c, "grondslagen", string(b), g, v.w.Categories)
		}
	}
}

func (v *Vocabulary) checkRules(c *checker) {
	for code, e := range v.w.Conditions {
		c.text("voorwaarden", string(code)+" (kort)", e.Short)
		switch e.Parameter {
		case NoParameter:
		case ListParameter:
			if c.counts[e.List] == 0 {
				c.add("voorwaarden: %s takes its codes from a list that does not exist", code)
			}
		case NumberParameter, ObjectParameter:
			if e.Min < 1 || e.Max < e.Min {
				c.add("voorwaarden: %s needs a minimum and a maximum", code)
			}
		default:
			c.add("voorwaarden: %s has an unknown parameter", code)
		}
		if len(e.Reasons) == 0 {
			c.add("voorwaarden: %s gives no redenen", code)
		}
		for _, r := range e.Reasons {
			refer(c, "voorwaarden", string(code), r, v.w.Reasons)
		}
	}
	for phase := 1; phase <= 3; phase++ {
		e := v.w.Phases[phase]
		c.text("fasen", fmt.Sprint(phase), e.Text)
		c.text("fasen", fmt.Sprint(phase)+" (advies)", e.Advice)
	}
	for r, e := range v.w.Reasons {
		c.counts["redenen"]++
		c.form("redenen", string(r))
		c.text("redenen", string(r)+" (zin)", e.Sentence)
		c.text("redenen", string(r)+" (advies)", e.Advice)
		for _, template := range []string{e.Sentence.NL, e.Sentence.EN, e.Advice.NL, e.Advice.EN} {
			if err := checkTemplate(template); err != nil {
				c.add("redenen: %s: %v", r, err)
			}
		}
		if _, ok := v.reasons[r]; !ok {
			c.add("redenen: %s has no rank", r)
		}
	}
}

type checker struct {
	errs   []error
	counts map[string]int
}

func (c *checker) add(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

func (c *checker) form(list, code string) {
	if !codeForm.MatchString(code) {
		c.add("%s: code %q has a wrong form", list, code)
	}
}

func (c *checker) text(list, code string, t Text) {
	if t.NL == "" || t.EN == "" {
		c.add("%s: %s lacks a Dutch or an English text", list, code)
	}
}

func refer[K ~string, E any](c *checker, list, code string, to K, in map[K]E) {
	if _, ok := in[to]; !ok {
		c.add("%s: %s refers to %q, which does not exist", list, code, to)
	}
}
