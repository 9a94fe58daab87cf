package casefile

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// reader takes values out of the parser's tree, and notes where one is not what it must be.
type reader struct {
	words  *vocabulary.Vocabulary
	faults fault.List
}

// maxText is the longest text in a case, in bytes: a name or a quotation.
const maxText = 1000

// fault notes what is wrong at a node, in Dutch and without repeating it.
func (r *reader) fault(n ast.Node, place, message string) {
	f := fault.Fault{Place: place, Message: message}
	if n != nil && n.GetToken() != nil && n.GetToken().Position != nil {
		f.Line, f.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
	}
	r.faults = append(r.faults, f)
}

// fields hands each key of a map to a function; one that stands there twice is a fault.
func (r *reader) fields(n ast.Node, place string, each func(key string, at, value ast.Node)) {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		r.fault(n, place, "moet een object zijn")
		return
	}
	seen := map[string]bool{}
	for _, v := range values {
		key, ok := v.Key.(*ast.StringNode)
		switch {
		case !ok || len(key.Value) > maxText:
			r.fault(v.Key, place, "hier staat een sleutel die geen tekst is")
		case seen[key.Value]:
			r.fault(v.Key, place, "deze sleutel staat er meer dan één keer")
		default:
			seen[key.Value] = true
			each(key.Value, v.Key, v.Value)
		}
	}
}

func (r *reader) items(n ast.Node, place string) []ast.Node {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(n, place, "moet een lijst zijn")
		return nil
	}
	return list.Values
}

func (r *reader) text(n ast.Node, place string) string {
	var text string
	switch n := n.(type) {
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode: // | and >
		text = n.Value.Value
	default:
		r.fault(n, place, "moet een tekst zijn (zet een nummer tussen aanhalingstekens)")
		return ""
	}
	if text = strings.TrimSpace(text); text == "" || len(text) > maxText {
		r.fault(n, place, "moet een tekst zijn van 1 tot en met "+strconv.Itoa(maxText)+" tekens")
		return ""
	}
	return text
}

func (r *reader) truth(n ast.Node, place string) bool {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		r.fault(n, place, "moet true of false zijn")
		return false
	}
	return b.Value
}

func (r *reader) number(n ast.Node, place string, least, most int) *int {
	if i, ok := n.(*ast.IntegerNode); ok {
		if number, err := strconv.Atoi(i.Token.Value); err == nil && number >= least && number <= most {
			return &number
		}
	}
	r.fault(n, place, "moet een geheel getal zijn van "+strconv.Itoa(least)+" tot en met "+strconv.Itoa(most))
	return nil
}

// codeAt reads a code that a list of the vocabulary must have; where it has not, it says which it may be, or where they stand.
func codeAt[T ~string](r *reader, n ast.Node, place, list string, has func(T) bool) T {
	code := T(r.text(n, place))
	if code != "" && !has(code) {
		help := "; alle woorden: sluis words " + list
		if list == trailList {
			help = "; kies uit: " + strings.Join(trailKinds, ", ")
		} else if likely := vocabulary.Suggest(string(code), r.words.Codes(list)); likely != "" {
			help = "; bedoelt u " + likely + "?"
		}
		r.fault(n, place, "is geen woord uit de vocabulaire"+help)
		return ""
	}
	return code
}

func codesAt[T ~string](r *reader, n ast.Node, place, list string, has func(T) bool) []T {
	codes := []T{}
	for i, item := range r.items(n, place) {
		codes = append(codes, codeAt(r, item, place+"["+strconv.Itoa(i)+"]", list, has))
	}
	return codes
}
