package convenant

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

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
	case info.Parameter == vocabulary.ObjectParameter:
		return r.quota(at, p, info)
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
