package casefile

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// file reads the whole: the parties first, wherever they stand, because the cases name them.
func (r *reader) file(root ast.Node) File {
	f := File{Parties: map[string]Party{}}
	var cases ast.Node
	r.fields(root, "", func(key string, at, value ast.Node) {
		switch key {
		case "partijen":
			r.fields(value, key, func(name string, at, value ast.Node) { f.Parties[name] = r.party(name, at, value) })
		case "gevallen":
			cases = value
		default:
			r.fault(at, "", "is geen bekende sleutel; bekend zijn partijen en gevallen")
		}
	})
	if cases == nil {
		r.fault(root, "gevallen", "ontbreekt")
		return f
	}
	all := r.items(cases, "gevallen")
	if len(all) > maxCases {
		r.fault(all[maxCases], "gevallen", "zijn te veel: hoogstens "+strconv.Itoa(maxCases))
		return f
	}
	names := map[string]bool{}
	for i, n := range all {
		c := r.one(n, "gevallen["+strconv.Itoa(i)+"]", f.Parties)
		if names[c.Name] && c.Name != "" {
			r.fault(n, "gevallen["+strconv.Itoa(i)+"].naam", "is ook de naam van een ander geval")
		}
		names[c.Name] = true
		f.Cases = append(f.Cases, c)
	}
	return f
}

func (r *reader) party(name string, at, n ast.Node) Party {
	place := "partijen." + shown(name)
	if name == "" || strings.Contains(name, "/") {
		r.fault(at, place, "een naam van een partij heeft geen / en is niet leeg")
	}
	var p Party
	r.fields(n, place, func(key string, at, value ast.Node) {
		switch key {
		case "oin":
			oin, err := party.ParseOIN(r.text(value, place+".oin"))
			if err != nil {
				r.fault(value, place+".oin", "is geen OIN: twintig cijfers tussen aanhalingstekens")
			}
			p.OIN = oin
		case "soortOnderwijs":
			kind := codeAt(r, value, place+"."+key, "onderwijssoorten", r.words.HasSchoolType)
			p.SchoolType = &kind
		default:
			r.fault(at, place, "is geen bekende sleutel; bekend zijn oin en soortOnderwijs")
		}
	})
	if p.OIN == "" && len(r.faults) == 0 {
		r.fault(at, place+".oin", "ontbreekt")
	}
	return p
}

// side reads `stadscollege/zorgcoordinator`.
func (r *reader) side(n ast.Node, place string, parties map[string]Party) Side {
	name, function, ok := strings.Cut(r.text(n, place), "/")
	p, known := parties[name]
	switch {
	case !ok || function == "":
		r.fault(n, place, "moet de vorm partij/functie hebben")
	case !known:
		r.fault(n, place, "noemt een partij die niet bij partijen staat")
	}
	return Side{Name: name, Party: p, Function: vocabulary.Function(function)}
}

// shown is a name that somebody wrote, as far as it can stand in a fault.
func shown(name string) string {
	if len(name) > 40 || strings.ContainsAny(name, "\n\r\t") {
		return "(lange naam)"
	}
	return name
}
