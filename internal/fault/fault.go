// Package fault names what is wrong with something that a stranger sent, so that all of it can be told at once.
//
// A [List] is what every strict parser in Sluis returns: each [Fault] says where (a JSON path, or a line and column for
// YAML) and, in Dutch, what is wrong and what was expected. The API puts them in `fouten` of a problem+json answer
// (NL API Design Rules, error-handling/all-errors); a command prints them one a line.
//
// A fault never repeats the value that was sent: it may be personal. It must not be used for faults of Sluis itself;
// those are ordinary errors that say what was being done to what.
package fault

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with an input.
type Fault struct {
	// Place is where: a path such as `ontvangers[0].functie`, or the name of a part or header.
	Place string `json:"plaats"`
	// Message says, in Dutch, what is wrong and what is expected. It never holds the value itself.
	Message string `json:"melding"`
	// Line and Column count from 1 and are 0 where the input has no lines (JSON in a token).
	Line   int `json:"regel,omitempty"`
	Column int `json:"kolom,omitempty"`
}

// String gives the fault as one line for people.
func (f Fault) String() string {
	where := f.Place
	if f.Line > 0 {
		where = fmt.Sprintf("regel %d, kolom %d", f.Line, f.Column)
		if f.Place != "" {
			where += " (" + f.Place + ")"
		}
	}
	if where == "" {
		return f.Message
	}
	return where + ": " + f.Message
}

// List is every fault found in one input. An empty list means that nothing is wrong. The zero value is ready to use.
type List []Fault

// Add notes a fault at a place; the format is Dutch and never includes the value that was sent.
func (l *List) Add(place, format string, args ...any) {
	*l = append(*l, Fault{Place: place, Message: fmt.Sprintf(format, args...)})
}

// Shown is how many faults of one input are told. More help nobody, and an input made of faults must not become a long answer.
const Shown = 100

// Err gives the list as an error, or nil when it is empty. Beyond [Shown] faults it says only that there are more.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	if len(l) > Shown {
		shown := append(List(nil), l[:Shown]...)
		shown.Add("", "er zijn nog meer fouten")
		return shown
	}
	return l
}

// Error joins all faults; [errors.As] with a List gives them apart.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.String()
	}
	return strings.Join(lines, "; ")
}
