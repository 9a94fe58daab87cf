package convenant

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func (r reader) flows(n node, c *Convenant) []Flow {
	var flows []Flow
	ids := map[string]bool{}
	for _, item := range n.items {
		f := r.flow(item, c)
		if f.ID != "" && ids[f.ID] {
			item.get("id").fault(r.faults, "staat er meer dan één keer")
		}
		ids[f.ID] = true
		flows = append(flows, f)
	}
	return flows
}

func (r reader) flow(n node, c *Convenant) Flow {
	f := Flow{
		ID:           n.get("id").text,
		Article:      n.get("artikel").text,
		Kind:         vocabulary.Kind(n.get("soort").text),
		From:         r.side(n.get("van")),
		To:           r.side(n.get("naar")),
		ReactionTerm: n.get("reactietermijn").text,
		TransitTerm:  n.get("doorvoertermijn").text,
		MaxPeople:    n.get("maximumDeelnemers").int(),
	}
	if f.MaxPeople == 0 {
		f.MaxPeople = defaultMaxPeople
	}
	if _, ok := r.words.Kind(f.Kind); !ok && f.Kind != "" {
		r.unknown(n.get("soort"), "bekend soort bericht", r.words.Codes("soorten"))
	}
	r.terms(n, &f)
	for _, item := range r.unique(n.get("doelen")) {
		p := vocabulary.Purpose(item.text)
		if _, agreed := c.Purposes[p]; !agreed {
			item.fault(r.faults, "is geen doel van dit convenant%s", suggestion(item.text, sortedKeys(c.Purposes)))
		}
		f.Purposes = append(f.Purposes, p)
	}
	for _, item := range r.unique(n.get("grondslagen")) {
		f.Bases = append(f.Bases, r.basis(item, f))
	}
	for _, item := range r.unique(n.get("gegevens")) {
		if !r.words.HasCategory(vocabulary.Category(item.text)) {
			r.unknown(item, "bekende gegevenscategorie", r.words.Codes("gegevens"))
		}
		f.Categories = append(f.Categories, vocabulary.Category(item.text))
	}
	f.Conditions = r.conditions(n.get("voorwaarden"))
	return f
}

func (r reader) side(n node) Side {
	s := Side{Role: vocabulary.Role(n.get("rol").text)}
	known := r.role(n.get("rol"))
	for _, item := range r.unique(n.get("soortOnderwijs")) {
		t := vocabulary.SchoolType(item.text)
		if !r.words.HasSchoolType(t) {
			r.unknown(item, "bekend soort onderwijs", r.words.Codes("onderwijssoorten"))
		}
		s.SchoolTypes = append(s.SchoolTypes, t)
	}
	if len(s.SchoolTypes) > 0 && s.Role != vocabulary.RoleSchool {
		n.get("soortOnderwijs").fault(r.faults, "hoort alleen bij de rol school")
	}
	for _, item := range r.unique(n.get("functies")) {
		f := vocabulary.Function(item.text)
		if known && !r.words.HasFunction(s.Role, f) {
			item.fault(r.faults, "is geen functie bij deze rol%s", suggestion(item.text, r.words.FunctionsOf(s.Role)))
		}
		s.Functions = append(s.Functions, f)
	}
	return s
}

// basis checks that the law gives this basis to these roles. From the police, what is about a person is police data: only a
// basis of the Wpg or the Besluit politiegegevens will do (Wpg, articles 16–20).
func (r reader) basis(n node, f Flow) vocabulary.Basis {
	b := vocabulary.Basis(n.text)
	info, ok := r.words.Basis(b)
	kind, _ := r.words.Kind(f.Kind)
	switch {
	case !ok:
		r.unknown(n, "bekende grondslag", r.words.Codes("grondslagen"))
	case f.From.Role == vocabulary.RolePolice && kind.AboutPerson && !info.PoliceData:
		n.fault(r.faults, "past niet: wat de politie over een persoon deelt is een politiegegeven, daarvoor is een grondslag van de Wpg nodig")
	case !info.FitsRoles(f.From.Role, f.To.Role, f.Kind):
		n.fault(r.faults, "geeft de wet niet aan deze rollen voor dit soort bericht")
	}
	return b
}

func (r reader) conditions(n node) []Condition {
	conditions := []Condition{}
	for _, item := range n.items {
		code, parameter := item.text, node{}
		if item.kind == anObject && len(item.fields) == 1 {
			code, parameter = item.fields[0].name, item.fields[0].value
		}
		if code == "" {
			continue
		}
		c := Condition{Code: vocabulary.Condition(code)}
		if slices.ContainsFunc(conditions, func(other Condition) bool { return other.Code == c.Code }) {
			item.fault(r.faults, "deze voorwaarde staat er meer dan één keer")
		}
		c.Parameter = r.parameter(item, code, parameter)
		conditions = append(conditions, c)
	}
	return conditions
}

// parameter checks a condition and gives its parameter. What no rule enforces yet is refused: an agreement that nobody keeps is
// worse than none.
func (r reader) parameter(at node, code string, p node) any {
	info, ok := r.words.Condition(vocabulary.Condition(code))
	switch {
	case !ok:
		at.fault(r.faults, "is geen bekende voorwaarde%s", suggestion(code, r.words.Codes("voorwaarden")))
	case !info.Enforced:
		at.fault(r.faults, "deze voorwaarde wordt nog niet afgedwongen")
	case info.Parameter == vocabulary.NoParameter:
		if p.kind != absent && (p.kind != aTruth || !p.truth) {
			at.fault(r.faults, "deze voorwaarde heeft geen waarde: schrijf alleen de naam")
		}
	case info.Parameter == vocabulary.NumberParameter:
		if i := p.int(); p.kind != aNumber || i < info.Min || i > info.Max {
			at.fault(r.faults, "deze voorwaarde heeft een geheel getal nodig van %d tot en met %d", info.Min, info.Max)
			return nil
		}
		return json.Number(p.text)
	case info.Parameter == vocabulary.ListParameter:
		return r.codes(at, p, info.List)
	default:
		at.fault(r.faults, "deze voorwaarde wordt nog niet afgedwongen")
	}
	return nil
}

// codes gives the codes of a condition that takes a list of them, as encoding/json would; nil when one is not of the list.
func (r reader) codes(at, p node, list string) any {
	known := r.words.Codes(list)
	if p.kind != aList || len(p.items) == 0 {
		at.fault(r.faults, "deze voorwaarde heeft een lijst nodig met codes uit %s: %s", list, strings.Join(known, ", "))
		return nil
	}
	var codes []any
	for _, item := range r.unique(p) {
		if !slices.Contains(known, item.text) {
			r.unknown(item, "code uit "+list, known)
		}
		codes = append(codes, item.text)
	}
	if len(codes) != len(p.items) {
		at.fault(r.faults, "deze voorwaarde heeft een lijst nodig met codes uit %s: %s", list, strings.Join(known, ", "))
	}
	return codes
}

func (r reader) terms(n node, f *Flow) {
	if at := n.get("reactietermijn"); at.kind == aText {
		if _, err := term.Parse(at.text); err != nil {
			at.fault(r.faults, "is %s", err)
		}
	}
	at := n.get("doorvoertermijn")
	if at.kind != aText {
		f.TransitTerm = defaultTransitTerm
		return
	}
	if term, err := ParseTerm(at.text); err != nil {
		at.fault(r.faults, "is %s", err)
	} else if term > longestTransit {
		at.fault(r.faults, "is te lang: hoogstens %d dagen", int(longestTransit.Hours()/24))
	}
}
