package policy

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// baseValues are the placeholders that every sentence may use. All are labels of codes: nothing that a sender wrote freely.
func (e *Engine) baseValues(f Facts) map[string]string {
	w := e.words
	return map[string]string{
		"soort":            w.Label(string(f.Stated.Kind)),
		"doel":             w.Label(string(f.Stated.Purpose)),
		"grondslag":        w.Label(string(f.Stated.Basis)),
		"functie":          w.Label(string(f.Established.Sender.Function)),
		"afzender":         phrase(w, f.Established.Sender.Role, "de afzender"),
		"ontvanger":        phrase(w, f.Established.Recipient.Role, "de ontvanger"),
		"ontvangerfunctie": w.Label(string(f.Established.Recipient.Function)),
	}
}

func phrase(w *vocabulary.Vocabulary, r vocabulary.Role, otherwise string) string {
	if w.HasRole(r) {
		return w.RolePhrase(r).NL
	}
	return otherwise
}

// alternatives are the placeholders whose lists are choices ("a of b"); the other lists are sums ("a en b").
var alternatives = []string{"functies", "vanfuncties", "naarfuncties", "doelen", "grondslagen", "leeftijden", "drempels"}

// values adds what the rules gave for one reason.
func (e *Engine) values(base map[string]string, given map[string]ast.Value) map[string]string {
	values := maps.Clone(base)
	for name, v := range given {
		conjunction := " en "
		if slices.Contains(alternatives, name) {
			conjunction = " of "
		}
		var words []string
		for _, code := range texts(v) {
			words = append(words, e.word(name, code))
		}
		values[name] = join(words, conjunction)
	}
	if own, ok := given["regels"]; ok {
		values["regels"] = sentences(own)
	}
	if number, ok := given["fase"].(ast.Number); ok {
		if phase, ok := number.Int(); ok {
			advice, _ := e.words.PhaseAdvice(phase)
			values["faseadvies"] = advice.NL
		}
	}
	values["vraagAan"] = e.words.Label("privacyfunctionaris")
	for _, category := range texts(given["categorieen"]) {
		if who := e.words.WhoKnows(vocabulary.Category(category)); who != "" {
			values["vraagAan"] = e.words.Label(string(who))
			break
		}
	}
	return values
}

// word gives one code as it stands in a sentence.
func (e *Engine) word(name, code string) string {
	switch name {
	case "wie", "nietOndertekend":
		return phrase(e.words, vocabulary.Role(code), e.words.Label(code))
	case "verklaringen":
		return e.words.StatementPhrase(vocabulary.Statement(code)).NL
	case "per":
		period, _ := term.Parse(code)
		return period.Words()
	case "fase", "minimaal":
		return e.words.Label("fase-" + code)
	default:
		return e.words.Label(code)
	}
}

// texts gives the codes and numbers in a value; lists sorted, so that a sentence is the same each time.
func texts(v ast.Value) []string {
	var list []string
	add := func(t *ast.Term) { list = append(list, texts(t.Value)...) }
	switch v := v.(type) {
	case ast.String:
		return []string{string(v)}
	case ast.Number:
		return []string{v.String()}
	case *ast.Array:
		v.Foreach(add)
	case ast.Set:
		v.Foreach(add)
	}
	slices.Sort(list)
	return list
}

// join gives "a", "a en b", "a, b en c".
func join(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + conjunction + words[last]
}
