package convenant

import (
	"fmt"

	"github.com/goccy/go-yaml/token"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// refused are the kinds of token that no convenant needs, with what to say of them.
var refused = map[token.Type]string{
	token.AnchorType:     "ankers, verwijzingen en samenvoegsleutels (&, *, <<) mogen niet in een convenant",
	token.AliasType:      "ankers, verwijzingen en samenvoegsleutels (&, *, <<) mogen niet in een convenant",
	token.MergeKeyType:   "ankers, verwijzingen en samenvoegsleutels (&, *, <<) mogen niet in een convenant",
	token.TagType:        "typeaanduidingen (!) mogen niet in een convenant",
	token.DirectiveType:  "YAML-instructies (%) mogen niet in een convenant",
	token.MappingKeyType: "samengestelde sleutels (?) mogen niet in een convenant",
	token.InvalidType:    notYAML,
}

const notYAML = "is geen geldige YAML: kijk naar inspringing, dubbele punten en aanhalingstekens"

// checkTokens refuses what no convenant needs, before the parser looks at the text: its cost grows with the square of the keys of
// one map, and with the depth.
func checkTokens(tokens token.Tokens, data []byte, faults *fault.List) bool {
	before := len(*faults)
	refuse := func(tk *token.Token, why string) {
		*faults = append(*faults, fault.Fault{Message: why, Line: tk.Position.Line, Column: tk.Position.Column})
	}
	var size sizes
	for _, tk := range tokens {
		if why, found := refused[tk.Type]; found {
			if tk.Type == token.InvalidType {
				why = whyNotYAML(data, tk.Position.Line)
			}
			refuse(tk, why)
		}
		if why := size.add(tk); why != "" {
			refuse(tk, why)
			return false
		}
		if len(*faults) >= maxFaults {
			break
		}
	}
	return len(*faults) == before
}

// sizes counts, from the tokens alone, how deep a text goes and how many siblings stand together.
type sizes struct {
	line   int
	dashes int     // list entries that begin on this line
	open   []int   // keys or items so far, for each bracket that is open
	blocks []block // maps and lists that go on below, by indentation; each begins further to the right than the one before
}

// block is a map or list in block style: in which column it begins, and how many keys, and items under the last key, so far (a
// list may begin in the column of its key).
type block struct{ column, keys, items int }

const tooDeep = "is te diep genest"

func (s *sizes) add(tk *token.Token) string {
	if tk.Position.Line != s.line {
		s.line, s.dashes = tk.Position.Line, 0
	}
	switch tk.Type {
	case token.SequenceStartType, token.MappingStartType:
		s.open = append(s.open, 0)
		if len(s.open) > maxDepth {
			return tooDeep
		}
	case token.SequenceEndType, token.MappingEndType:
		s.open = s.open[:max(0, len(s.open)-1)]
	case token.CollectEntryType:
		if n := len(s.open); n > 0 {
			s.open[n-1]++
			return tooMany(s.open[n-1], maxItems)
		}
	case token.SequenceEntryType:
		if s.dashes++; s.dashes > 2 {
			return tooDeep
		}
		b := s.block(tk.Position.Column)
		if b == nil {
			return tooDeep
		}
		b.items++
		return tooMany(b.items, maxItems)
	case token.MappingValueType:
		if len(s.open) == 0 && tk.Prev != nil {
			b := s.block(tk.Prev.Position.Column)
			if b == nil {
				return tooDeep
			}
			b.keys, b.items = b.keys+1, 0
			return tooMany(b.keys, maxKeys)
		}
	}
	return ""
}

// block gives the block that begins in a column, and ends those further to the right; nil when that is too deep.
func (s *sizes) block(column int) *block {
	n := len(s.blocks)
	for n > 0 && s.blocks[n-1].column > column {
		n--
	}
	s.blocks = s.blocks[:n]
	if n == 0 || s.blocks[n-1].column < column {
		if n == 2*maxDepth {
			return nil
		}
		s.blocks = append(s.blocks, block{column: column})
		n++
	}
	return &s.blocks[n-1]
}

func tooMany(n, most int) string {
	if n > most {
		return fmt.Sprintf("hier staat te veel bij elkaar: hoogstens %d", most)
	}
	return ""
}
