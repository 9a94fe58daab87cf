package policy

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/fault"
)

const notRego = "dit is geen leesbare Rego; kijk naar haken, aanhalingstekens en het woord `if`"

// told are what the compiler says, by how it begins, and what we say of it. The compiler's own text is English and repeats what was
// written; the place says as much.
var told = []struct{ says, message string }{
	{"undefined ref", "dit feit bestaat niet, of staat ergens anders; kijk in de lijst van feiten"},
	{"undefined function", "deze functie bestaat niet of mag hier niet; wel mogen vergelijken, `in`, `not`, `every`, `count`, `startswith` en dergelijke"},
	{"match error", "deze twee kunnen nooit gelijk zijn: het ene is een ander soort waarde dan het andere"},
	{"assigned var", "deze naam krijgt een waarde en wordt daarna niet gebruikt"},
	{"declared var", "deze naam wordt genoemd en daarna niet gebruikt"},
	{"unused argument", "dit argument wordt niet gebruikt; schrijf `_`"},
	{"max parsing recursion depth", "dit is te diep genest"},
	{"error limit reached", "er zijn nog meer fouten"},
	{"conflicting rules", "twee regels met deze naam zijn van een ander soort"},
	{"template-strings", "in een tekst kan geen waarde staan; schrijf een zin die vaststaat"},
}

// inDutch tells the faults that the parser and the compiler found.
func inDutch(errs ast.Errors) fault.List {
	var faults []located
	for _, err := range errs {
		faults = append(faults, located{err.Location, dutch(err)})
	}
	return placed(faults)
}

func dutch(err *ast.Error) string {
	for _, t := range told {
		if strings.HasPrefix(err.Message, t.says) {
			return t.message
		}
	}
	switch err.Code {
	case ast.ParseErr:
		return notRego
	case ast.UnsafeVarErr:
		return "deze naam krijgt nergens een waarde"
	case ast.RecursionErr:
		return "deze regel verwijst naar zichzelf"
	case ast.TypeErr:
		return "hier staat een ander soort waarde dan er hoort"
	default:
		return "dit kan hier niet"
	}
}

func placed(faults []located) fault.List {
	var list fault.List
	for _, f := range faults {
		next := fault.Fault{Place: ownFile, Message: f.message}
		if f.at != nil {
			next.Line, next.Column = f.at.Row, f.at.Col
		}
		list = append(list, next)
	}
	return list
}
