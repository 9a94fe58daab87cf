package convenant

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// Limits of a convenant as written. A convenant is a few pages; what is longer or deeper was not written by a person.
const (
	MaxSource = 256 << 10 // bytes
	maxDepth  = 12
	maxFaults = 50   // faults that are told at once: more help nobody
	maxKeys   = 64   // keys of one map
	maxItems  = 1000 // items of one list
)

// readYAML makes a tree of the YAML that people write: maps, lists, texts, whole numbers, true and false. Whatever makes YAML
// mean something else than it looks like is refused: anchors, aliases, merge keys, tags, directives, several documents,
// duplicate keys, other numbers.
func readYAML(data []byte, faults *fault.List) (root node) {
	root.kind = invalid
	if len(data) > MaxSource {
		faults.Add("", "is te lang: %d bytes, hoogstens %d", len(data), MaxSource)
		return root
	}
	if !utf8.Valid(data) {
		faults.Add("", "is geen geldige UTF-8-tekst")
		return root
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	// A parser of somebody else's reads a stranger's text: if it fails, the text is refused, and the gateway goes on.
	defer func() {
		if recover() != nil {
			root = node{kind: invalid}
			faults.Add("", "is geen leesbare YAML")
		}
	}()
	tokens := lexer.Tokenize(string(data))
	if !checkTokens(tokens, data, faults) {
		return root
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // duplicates are found below, with their place
	if err != nil {
		syntaxFault(err, data, faults)
		return root
	}
	switch {
	case len(file.Docs) > 1:
		faults.Add("", "hier staan meer teksten onder elkaar, met --- ertussen: een bestand is één convenant")
		return root
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		faults.Add("", "is leeg")
		return root
	}
	return convert(file.Docs[0].Body, "", 0, faults)
}

// byteOrderMark is what some editors put before a text (Notepad: "UTF-8 met BOM"). It says nothing, and nobody sees it.
var byteOrderMark = []byte("\xef\xbb\xbf")

// syntaxFault gives the place of a syntax error; the parser's own text quotes the source and is not repeated.
func syntaxFault(err error, data []byte, faults *fault.List) {
	f := fault.Fault{Message: notYAML}
	if at, ok := err.(interface{ GetToken() *token.Token }); ok && at.GetToken() != nil && at.GetToken().Position != nil {
		f.Line, f.Column = at.GetToken().Position.Line, at.GetToken().Position.Column
		f.Message = whyNotYAML(data, f.Line)
	}
	*faults = append(*faults, f)
}

// whyNotYAML names a tab before the text of a line: it looks like spaces, and is what people look for longest.
func whyNotYAML(data []byte, line int) string {
	lines := bytes.Split(data, []byte("\n"))
	if line < 1 || line > len(lines) {
		return notYAML
	}
	text := lines[line-1]
	if bytes.Contains(text[:len(text)-len(bytes.TrimLeft(text, " \t"))], []byte("\t")) {
		return "is geen geldige YAML: deze regel springt in met een tab; gebruik spaties"
	}
	return notYAML
}

// convert makes nodes of the parser's tree.
func convert(n ast.Node, place string, depth int, faults *fault.List) node {
	out := node{kind: invalid, place: place}
	if tk := n.GetToken(); tk != nil && tk.Position != nil {
		out.line, out.column = tk.Position.Line, tk.Position.Column
	}
	if depth > maxDepth {
		out.fault(faults, "is te diep genest")
		return out
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		convertFields(&out, n.Values, depth, faults)
	case *ast.MappingValueNode:
		convertFields(&out, []*ast.MappingValueNode{n}, depth, faults)
	case *ast.SequenceNode:
		out.kind = aList
		for i, item := range n.Values {
			out.items = append(out.items, convert(item, indexed(place, i), depth+1, faults))
		}
	case *ast.StringNode:
		out.kind, out.text = aText, n.Value
	case *ast.LiteralNode: // | and >
		out.kind, out.text, out.block = aText, strings.TrimRight(n.Value.Value, "\n"), blockStart(n)
	case *ast.BoolNode:
		out.kind, out.truth = aTruth, n.Value
	case *ast.IntegerNode:
		out.kind, out.text = aNumber, n.Token.Value
		if !plainNumber(n.Token.Value) {
			out.kind = invalid
			out.fault(faults, "is geen gewoon geheel getal; is het een nummer zoals een OIN, zet het dan tussen aanhalingstekens")
		}
	case *ast.NullNode:
		out.fault(faults, "is leeg: vul het in of laat de sleutel weg")
	default:
		out.fault(faults, "moet een tekst, een geheel getal, true, false, een lijst of een object zijn")
	}
	return out
}

func convertFields(out *node, values []*ast.MappingValueNode, depth int, faults *fault.List) {
	out.kind = anObject
	seen := make(map[string]bool, len(values))
	for i, v := range values {
		if i == 0 {
			out.line, out.column = v.Key.GetToken().Position.Line, v.Key.GetToken().Position.Column
		}
		at := node{place: out.place, line: v.Key.GetToken().Position.Line, column: v.Key.GetToken().Position.Column}
		key, ok := v.Key.(*ast.StringNode)
		if !ok {
			at.fault(faults, "hier staat een sleutel die geen tekst is")
			continue
		}
		at.place = join(out.place, key.Value)
		if seen[key.Value] {
			at.fault(faults, "staat er meer dan één keer")
			continue
		}
		seen[key.Value] = true
		value := convert(v.Value, at.place, depth+1, faults)
		out.fields = append(out.fields, field{key.Value, value})
	}
}

func plainNumber(digits string) bool {
	if digits == "" || len(digits) > 9 || (digits[0] == '0' && len(digits) > 1) {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}
