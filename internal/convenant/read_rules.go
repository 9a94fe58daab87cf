package convenant

import (
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// MaxRules bounds the rules that a convenant brings itself (`regels`), in bytes. They are read before they are signed, by people.
const MaxRules = 16 << 10

// rules reads `regels`. What they say is Rego, and for policy to compile; here they are text that shows everything that it holds: a
// character that is not seen, or that turns the order of others around, would let people sign something else than they read.
func (r reader) rules(n node) (string, position) {
	if n.kind != aText {
		return "", position{}
	}
	if len(n.text) > MaxRules {
		n.fault(r.faults, "is te lang: hoogstens %d bytes", MaxRules)
	}
	at := position{1, 1}
	for _, c := range n.text {
		if c != '\n' && c != '\t' && !unicode.IsPrint(c) {
			place := n
			place.line, place.column = at.in(n.block, position{n.line, n.column})
			place.fault(r.faults, "hier staat een teken dat niet te zien is; haal het weg")
			break
		}
		at.column++
		if c == '\n' {
			at = position{at.line + 1, 1}
		}
	}
	return n.text, n.block
}

// RulesPosition gives the place in the YAML of a line and column (from 1) of Rules, as its author must find it. It is 0, 0 when it is
// not known line by line: a convenant read from its canonical form, or rules that were not written in block style (|).
func (c *Convenant) RulesPosition(line, column int) (yamlLine, yamlColumn int) {
	return position{line, column}.in(c.rulesAt, position{})
}

// in gives the place of a position within a text that begins at start; otherwise when that is not known.
func (p position) in(start, otherwise position) (line, column int) {
	if start == (position{}) {
		return otherwise.line, otherwise.column
	}
	return start.line + p.line - 1, start.column + p.column - 1
}

// blockStart gives where the text of a block (|) begins in the source: on the line below, to the right of the indentation that YAML
// takes away. A folded text (>) has other lines than its source, and no such place.
func blockStart(n *ast.LiteralNode) position {
	if n.Start.Type != token.LiteralType {
		return position{}
	}
	written := strings.Split(n.Value.GetToken().Origin, "\n")
	for i, line := range strings.Split(n.Value.Value, "\n") {
		if strings.TrimSpace(line) != "" && i < len(written) {
			return position{n.Start.Position.Line + 1, 1 + indentation(written[i]) - indentation(line)}
		}
	}
	return position{}
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
