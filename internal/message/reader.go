package message

import (
	"encoding/base64"
	"slices"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// reader reads the fields that envelopes and confirmations share. What is wrong is noted and gives the zero value, so that
// reading goes on and every fault is found; no fault holds the value.
type reader struct {
	faults fault.List
	words  *vocabulary.Vocabulary
}

// maxVersion bounds version numbers of convenants and cards.
const maxVersion = 1_000_000

func (r *reader) id(n strictjson.Node) string {
	s := n.Text(64, &r.faults)
	if s != "" && !ValidID(s) {
		r.faults.Add(n.Place(), "moet een UUIDv7 zijn, in kleine letters")
	}
	return s
}

func (r *reader) time(n strictjson.Node) Time {
	s := n.Text(64, &r.faults)
	if s == "" {
		return Time{}
	}
	t, err := ParseTime(s)
	if err != nil {
		r.faults.Add(n.Place(), "%s", timeForm)
	}
	return t
}

func (r *reader) oin(n strictjson.Node) party.OIN {
	s := n.Text(20, &r.faults)
	if s == "" {
		return ""
	}
	oin, err := party.ParseOIN(s)
	if err != nil {
		r.faults.Add(n.Place(), "moet een OIN van 20 tekens zijn")
	}
	return oin
}

func (r *reader) digest(n strictjson.Node) digest.SHA256 {
	s := n.Text(64, &r.faults)
	if s == "" {
		return digest.SHA256{}
	}
	d, err := digest.Parse(s)
	if err != nil {
		r.faults.Add(n.Place(), `moet een digest zijn in de vorm "sha-256=:base64:"`)
	}
	return d
}

// label reads an id of a convenant or participant: `[a-z0-9-]{1,64}` (WIRE, "JWS").
func (r *reader) label(n strictjson.Node) string {
	return r.text(n, "mag alleen kleine letters, cijfers en streepjes hebben", func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
	})
}

// decisionNumber reads the nummer of a Wpg decision.
func (r *reader) decisionNumber(n strictjson.Node) string {
	return r.text(n, "mag alleen letters, cijfers, punten, schuine strepen en streepjes hebben", func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '/' || c == '-'
	})
}

// text reads 1 to 64 characters of an alphabet.
func (r *reader) text(n strictjson.Node, rule string, allowed func(byte) bool) string {
	s := n.Text(64, &r.faults)
	for i := range len(s) {
		if !allowed(s[i]) {
			r.faults.Add(n.Place(), "%s", rule)
			return ""
		}
	}
	return s
}

// code reads one of the vocabulary's codes.
func code[T ~string](r *reader, n strictjson.Node, known func(T) bool, what string) T {
	s := T(n.Text(64, &r.faults))
	if s != "" && !known(s) {
		r.faults.Add(n.Place(), "is geen %s uit de woordenlijst", what)
	}
	return s
}

// function reads a code that some role knows. Whether the party's own role does, and its card, is for the decision.
func (r *reader) function(n strictjson.Node) vocabulary.Function {
	return code(r, n, func(f vocabulary.Function) bool {
		_, known := slices.BinarySearch(r.words.Codes("functies"), string(f))
		return known
	}, "functie")
}

// tagBytes is the length of a tag: HMAC-SHA256.
const tagBytes = 32

// tags reads betrokkenen: base64url of 32 bytes, canonical, each once, so that equal tags are equal texts.
func (r *reader) tags(nodes []strictjson.Node) []string {
	out := make([]string, 0, len(nodes))
	seen := make(map[string]bool, len(nodes))
	for _, n := range nodes {
		s := n.Text(64, &r.faults)
		if s == "" {
			continue
		}
		raw, err := base64.RawURLEncoding.Strict().DecodeString(s)
		switch {
		case err != nil || len(raw) != tagBytes || len(s) != base64.RawURLEncoding.EncodedLen(tagBytes):
			r.faults.Add(n.Place(), "moet base64url van 32 bytes zijn")
		case seen[s]:
			r.faults.Add(n.Place(), "staat er meer dan één keer")
		}
		seen[s] = true
		out = append(out, s)
	}
	return out
}

func (r *reader) categories(nodes []strictjson.Node) []vocabulary.Category {
	out := make([]vocabulary.Category, 0, len(nodes))
	seen := make(map[vocabulary.Category]bool, len(nodes))
	for _, n := range nodes {
		c := code(r, n, r.words.HasCategory, "gegevenscategorie")
		if c == "" {
			continue
		}
		if seen[c] {
			r.faults.Add(n.Place(), "staat er meer dan één keer")
		}
		seen[c] = true
		out = append(out, c)
	}
	return out
}
