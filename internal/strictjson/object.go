package strictjson

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// Object is a JSON object whose fields are being read. Every method that finds a fault notes it and gives the zero
// value, so that reading goes on and all faults are found.
type Object struct {
	node   Node
	asked  []string
	all    bool // the keys are data: each counts as asked for
	faults *fault.List
	broken bool // not an object: that is one fault, not one for each field
}

// Absent reports that there was no value here.
func (n Node) Absent() bool { return n.kind == 0 }

// Null reports that the value is null.
func (n Node) Null() bool { return n.kind == 'n' }

// Place is where the value stood.
func (n Node) Place() string { return n.place }

// Object reads the value as an object.
func (n Node) Object(faults *fault.List) *Object {
	o := &Object{node: n, faults: faults, asked: make([]string, 0, len(n.members)+1)}
	if n.kind != '{' {
		o.broken = true
		n.wrong(faults, "een object")
	}
	return o
}

// Text reads the value as a text of 1 to max characters. Control characters other than tab and line ends are refused: texts
// are shown on terminals and kept in databases. "" means that there was a fault, noted here or where the object was read: a
// reader that checks further must stop at it, and so adds no second fault to a first.
func (n Node) Text(max int, faults *fault.List) string {
	if n.kind != '"' {
		n.wrong(faults, "een tekst")
		return ""
	}
	if n.text == "" {
		faults.Add(n.place, "is leeg")
	}
	if utf8.RuneCountInString(n.text) > max {
		faults.Add(n.place, "is te lang: hoogstens %d tekens", max)
		return ""
	}
	if strings.ContainsFunc(n.text, isControl) {
		faults.Add(n.place, "bevat een stuurteken")
		return ""
	}
	return n.text
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' }

// Int reads the value as a whole number from min to max.
func (n Node) Int(min, max int, faults *fault.List) int {
	if n.kind != '0' {
		n.wrong(faults, "een geheel getal")
		return 0
	}
	i, err := strconv.Atoi(n.text)
	if err != nil || i < min || i > max {
		faults.Add(n.place, "moet een geheel getal zijn van %d tot en met %d", min, max)
		return 0
	}
	return i
}

// Bool reads the value as true or false.
func (n Node) Bool(faults *fault.List) bool {
	if n.kind != 't' && n.kind != 'f' {
		n.wrong(faults, "true of false")
	}
	return n.kind == 't'
}

// Array reads the value as a list of min to max items.
func (n Node) Array(min, max int, faults *fault.List) []Node {
	if n.kind != '[' {
		n.wrong(faults, "een lijst")
		return nil
	}
	if len(n.items) < min || len(n.items) > max {
		faults.Add(n.place, "moet een lijst zijn van %d tot en met %d", min, max)
		return nil
	}
	return n.items
}

// wrong notes a wrong type once; a value that could not be parsed ('x') has had its fault.
func (n Node) wrong(faults *fault.List, want string) {
	switch n.kind {
	case 'x':
	case 0:
		faults.Add(n.place, "ontbreekt")
	default:
		faults.Add(n.place, "moet %s zijn", want)
	}
}

// Field gives the value of a field, which counts as asked for. An absent field gives an absent Node with its place.
func (o *Object) Field(name string) Node {
	if o.broken {
		return Node{kind: 'x'}
	}
	o.asked = append(o.asked, name)
	if n, ok := o.node.find(name); ok {
		return n
	}
	return Node{place: join(o.node.place, name)}
}

// Nullable gives the value of a field that must be present and may be null; ok is false when it is null or faulty.
func (o *Object) Nullable(name string) (n Node, ok bool) {
	n = o.Field(name)
	if n.Absent() {
		n.wrong(o.faults, "")
		return n, false
	}
	return n, !n.Null() && n.kind != 'x'
}

// Text reads a required text of 1 to max characters.
func (o *Object) Text(name string, max int) string { return o.Field(name).Text(max, o.faults) }

// Int reads a required whole number from min to max.
func (o *Object) Int(name string, min, max int) int { return o.Field(name).Int(min, max, o.faults) }

// Bool reads a required boolean.
func (o *Object) Bool(name string) bool { return o.Field(name).Bool(o.faults) }

// Array reads a required list of min to max items.
func (o *Object) Array(name string, min, max int) []Node {
	return o.Field(name).Array(min, max, o.faults)
}

// Object reads a required object.
func (o *Object) Object(name string) *Object { return o.Field(name).Object(o.faults) }

// Names lists the keys that are present, in their order, and counts them all as asked for: for objects whose keys are data.
func (o *Object) Names() []string {
	names := make([]string, 0, len(o.node.members))
	for _, m := range o.node.members {
		names = append(names, m.name)
	}
	o.all = true
	return names
}

// Fault notes a fault of a field that no type could find.
func (o *Object) Fault(name, format string, args ...any) {
	o.faults.Add(join(o.node.place, name), format, args...)
}

// End notes every key that nobody asked for.
func (o *Object) End() {
	if o.broken || o.all {
		return
	}
next:
	for _, m := range o.node.members {
		if len(*o.faults) > fault.Shown {
			return // enough to refuse, and more than anybody reads
		}
		for _, name := range o.asked {
			if name == m.name {
				continue next
			}
		}
		o.faults.Add(join(o.node.place, m.name), "is geen bekend veld")
	}
}
