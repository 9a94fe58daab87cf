package convenant

import (
	"maps"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// unique gives the texts of a list of codes, and notes those that stand in it twice.
func (r reader) unique(n node) []node {
	var texts []node
	seen := map[string]bool{}
	for _, item := range n.items {
		if item.kind != aText {
			continue
		}
		if seen[item.text] {
			item.fault(r.faults, "staat er meer dan één keer")
			continue
		}
		seen[item.text] = true
		texts = append(texts, item)
	}
	return texts
}

// role notes an unknown role, and reports whether it is known.
func (r reader) role(n node) bool {
	if n.kind != aText {
		return false
	}
	if !r.words.HasRole(vocabulary.Role(n.text)) {
		r.unknown(n, "bekende rol", r.words.Codes("rollen"))
		return false
	}
	return true
}

func (r reader) unknown(n node, what string, codes []string) {
	n.fault(r.faults, "is geen %s%s", what, suggestion(n.text, codes))
}

// suggestion gives a question to end a fault with, or nothing. It only ever names a code of ours, never what was written.
func suggestion(written string, codes []string) string {
	if code := vocabulary.Suggest(written, codes); code != "" {
		return `; bedoelt u "` + code + `"?`
	}
	return ""
}

// fitting ends a fault of a legal basis with those that the law gives to these roles for this kind: from the police about a person
// only those of the Wpg. Consent is not offered: who asks what else there is, needs a law.
func (r reader) fitting(f Flow) string {
	kind, _ := r.words.Kind(f.Kind)
	var fits []string
	for _, code := range r.words.Codes("grondslagen") {
		info, _ := r.words.Basis(vocabulary.Basis(code))
		police := f.From.Role == vocabulary.RolePolice && kind.AboutPerson
		if code != "toestemming" && info.FitsRoles(f.From.Role, f.To.Role, f.Kind) && (info.PoliceData || !police) {
			fits = append(fits, code)
		}
	}
	if len(fits) == 0 {
		return ""
	}
	return "; kijk of een van deze past: " + strings.Join(fits, ", ")
}

func sortedKeys[K ~string, E any](m map[K]E) []string {
	keys := make([]string, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		keys = append(keys, string(k))
	}
	return keys
}
