package convenant

import (
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
	r.onlyForCategories(n, f)
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
			functions := r.words.FunctionsOf(s.Role)
			likely := suggestion(item.text, functions)
			if likely == "" {
				likely = "; kies uit: " + strings.Join(functions, ", ")
			}
			item.fault(r.faults, "is geen functie bij deze rol%s", likely)
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
		n.fault(r.faults, "past niet: wat de politie over een persoon deelt is een politiegegeven, daarvoor is een grondslag van de Wpg nodig%s", r.fitting(f))
	case !r.words.HasRole(f.From.Role) || !r.words.HasRole(f.To.Role): // that has had its fault, and nothing fits an unknown role
	case !info.FitsRoles(f.From.Role, f.To.Role, f.Kind):
		n.fault(r.faults, "geeft de wet niet aan deze rollen voor dit soort bericht%s", r.fitting(f))
	}
	return b
}

// onlyForCategories notes the categories that a basis of the flow is not for: a check-op-bekendheid on the WGS asks with data that
// identify somebody, content comes after it (article 1.7(8)).
func (r reader) onlyForCategories(n node, f Flow) {
	for _, b := range f.Bases {
		info, _ := r.words.Basis(b)
		for i, c := range f.Categories {
			if len(info.Categories) > 0 && !slices.Contains(info.Categories, c) {
				n.get("gegevens").items[i].fault(r.faults, "mag niet op de grondslag %s", b)
			}
		}
	}
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
