package convenant

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// node is one value of a convenant as written, with the place where it stood. The zero node is an absent value.
type node struct {
	kind   shape
	text   string // of a text; the digits of a number
	truth  bool
	fields []field
	items  []node
	place  string // stromen[2].grondslagen[0]
	line   int    // from 1; 0 when the source has no lines (canonical JSON)
	column int
	block  position // where the first character of a text in block style (|) stands; zero for any other text
}

type position struct{ line, column int }

type field struct {
	name  string
	value node
}

type shape byte

const (
	absent shape = iota
	aText
	aNumber
	aTruth
	anObject
	aList
	invalid // has had its fault; nothing more is said about it
)

// get gives the value of a key; an absent node that knows its place when there is none.
func (n node) get(name string) node {
	for _, f := range n.fields {
		if f.name == name {
			return f.value
		}
	}
	return node{place: join(n.place, name), line: n.line, column: n.column}
}

// at follows a JSON pointer's parts; where they lead nowhere it gives the deepest value that exists.
func (n node) at(parts []string) node {
	for _, part := range parts {
		next := n.get(part)
		if i, err := strconv.Atoi(part); err == nil && n.kind == aList && i < len(n.items) {
			next = n.items[i]
		}
		if next.kind == absent {
			return n
		}
		n = next
	}
	return n
}

// value gives the JSON value, in the types of encoding/json with UseNumber.
func (n node) value() any {
	switch n.kind {
	case aText:
		return n.text
	case aNumber:
		return json.Number(n.text)
	case aTruth:
		return n.truth
	case anObject:
		m := make(map[string]any, len(n.fields))
		for _, f := range n.fields {
			m[f.name] = f.value.value()
		}
		return m
	case aList:
		items := make([]any, len(n.items))
		for i, item := range n.items {
			items[i] = item.value()
		}
		return items
	default:
		return nil
	}
}

// int gives a whole number, 0 for anything else: the schema has said what is wrong with it.
func (n node) int() int {
	if n.kind != aNumber {
		return 0
	}
	i, err := strconv.Atoi(n.text)
	if err != nil {
		return 0
	}
	return i
}

// fault notes what is wrong with this value, in Dutch and without repeating it.
func (n node) fault(faults *fault.List, format string, args ...any) {
	*faults = append(*faults, fault.Fault{Place: n.place, Message: fmt.Sprintf(format, args...), Line: n.line, Column: n.column})
}

const maxPlaceName = 40

func join(parent, name string) string {
	if len(name) > maxPlaceName || strings.ContainsAny(name, "\n\r\t") {
		name = "(lange naam)"
	}
	if parent == "" {
		return name
	}
	return parent + "." + name
}
