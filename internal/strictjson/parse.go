// Package strictjson reads JSON that a stranger signed or sent, strictly: unknown keys, duplicate keys, wrong types, texts
// that are too long, invalid UTF-8, deep nesting and anything after the value are faults, and all of them are found in
// one pass. It also gives the canonical form of RFC 8785, over which Sluis signs and hashes.
//
// It promises never to panic on any input, to look at no more than the limits allow, and never to repeat a value in a
// fault. It must not guess: a number is not a text, null is not absent.
//
// A reader takes the fields of an [Object] one by one and closes it with [Object.End], which reports what nobody asked for:
//
//	var faults fault.List
//	o := strictjson.Parse(data, strictjson.Limits{}, &faults).Object(&faults)
//	id := o.Text("id", 64)
//	o.End()
//	return faults.Err()
package strictjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// Limits bound what is looked at. A zero field takes the default.
type Limits struct {
	Bytes int // longest input, default 16 KiB
	Depth int // deepest nesting, default 8
}

const (
	defaultBytes = 16 << 10
	defaultDepth = 8
)

// Node is one parsed JSON value and the place where it stood. The zero Node is "absent".
type Node struct {
	kind    jsontext.Kind // '{' '[' '"' '0' 't' 'f' 'n'; 0 for absent
	text    string        // a string's value, or a number's digits
	members []member
	index   map[string]int // of members, once there are many: looking a key up must not cost more the more there are
	items   []Node
	place   string
}

type member struct {
	name  string
	value Node
}

// Parse reads one JSON value. What is wrong is added to faults; the Node is then absent or incomplete, and reading on
// from it is safe and adds no misleading faults.
func Parse(data []byte, limits Limits, faults *fault.List) Node {
	if limits.Bytes == 0 {
		limits.Bytes = defaultBytes
	}
	if limits.Depth == 0 {
		limits.Depth = defaultDepth
	}
	if len(data) > limits.Bytes {
		faults.Add("", "is te lang: %d bytes, hoogstens %d", len(data), limits.Bytes)
		return Node{kind: 'x'}
	}
	p := parser{
		dec:    jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true)), // which it reads in place
		limits: limits,
		faults: faults,
		long:   len(data) > 512,
	}
	n, err := p.value("", 0)
	if err == nil {
		if _, after := p.dec.ReadToken(); after != io.EOF {
			err = errAfter
		}
	}
	if err != nil {
		p.syntax(err)
		return Node{kind: 'x'}
	}
	return n
}

var (
	errAfter = errors.New("er staat nog iets na de JSON-waarde")
	errDepth = errors.New("is te diep genest")
	errMany  = errors.New("heeft te veel fouten")
)

type parser struct {
	dec    *jsontext.Decoder
	limits Limits
	faults *fault.List
	long   bool // more than a small object: room is made for many keys at once
}

// syntax turns a decoder's error into one fault, by position only: the decoder's own text may quote the input.
func (p *parser) syntax(err error) {
	if errors.Is(err, errAfter) || errors.Is(err, errDepth) || errors.Is(err, errMany) {
		p.faults.Add("", "%s", err)
		return
	}
	p.faults.Add("", "is geen geldige JSON (bij byte %d)", p.dec.InputOffset())
}

func (p *parser) value(place string, depth int) (Node, error) {
	if depth > p.limits.Depth {
		return Node{}, errDepth
	}
	tok, err := p.dec.ReadToken()
	if err != nil {
		return Node{}, err
	}
	n := Node{kind: tok.Kind(), place: place}
	switch n.kind {
	case '"', '0':
		n.text = tok.String()
	case '{':
		err = p.object(&n, depth)
	case '[':
		err = p.array(&n, depth)
	}
	return n, err
}

func (p *parser) object(n *Node, depth int) error {
	n.members = make([]member, 0, fewMembers)
	if depth == 0 && p.long {
		n.members = make([]member, 0, manyMembers)
	}
	for p.dec.PeekKind() != '}' {
		tok, err := p.dec.ReadToken()
		if err != nil {
			return err
		}
		name := tok.String()
		place := join(n.place, name)
		v, err := p.value(place, depth+1)
		if err != nil {
			return err
		}
		if _, twice := n.find(name); twice {
			p.faults.Add(place, "staat er meer dan één keer")
			if len(*p.faults) > fault.Shown {
				return errMany
			}
			continue
		}
		n.add(name, v)
	}
	_, err := p.dec.ReadToken()
	return err
}

func (p *parser) array(n *Node, depth int) error {
	for p.dec.PeekKind() != ']' {
		v, err := p.value(fmt.Sprintf("%s[%d]", n.place, len(n.items)), depth+1)
		if err != nil {
			return err
		}
		n.items = append(n.items, v)
	}
	_, err := p.dec.ReadToken()
	return err
}

// manyMembers is from how many keys on an object has an index; most have a few.
const (
	manyMembers = 24
	fewMembers  = 4
)

func (n *Node) add(name string, value Node) {
	n.members = append(n.members, member{name, value})
	switch {
	case n.index != nil:
		n.index[name] = len(n.members) - 1
	case len(n.members) == manyMembers:
		n.index = make(map[string]int, 2*manyMembers)
		for i, m := range n.members {
			n.index[m.name] = i
		}
	}
}

func (n *Node) find(name string) (Node, bool) {
	if n.index != nil {
		i, ok := n.index[name]
		if !ok {
			return Node{}, false
		}
		return n.members[i].value, true
	}
	for i := range n.members {
		if n.members[i].name == name {
			return n.members[i].value, true
		}
	}
	return Node{}, false
}

// maxPlaceName is the longest key that is shown in a place, and maxDigits how many digits may stand together in it: a key with more
// of them could be somebody's number.
const (
	maxPlaceName = 40
	maxDigits    = 3
)

// join gives the place of a member. Known keys are short ASCII words; a key that is not could be anything, a person's name or
// number included, and is not repeated.
func join(parent, name string) string {
	if !isWord(name) {
		name = "(onbekende naam)"
	}
	if parent == "" {
		return name
	}
	return parent + "." + name
}

func isWord(name string) bool {
	if name == "" || len(name) > maxPlaceName {
		return false
	}
	digits := 0
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		digit := '0' <= c && c <= '9'
		if digits++; !digit {
			digits = 0
		}
		if other := digit || c == '-' || c == '#'; digits > maxDigits || !letter && (!other || i == 0) {
			return false
		}
	}
	return true
}
