package client

import (
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// readSettings reads profiel.yaml: exactly oin, deelnemer, functie and url.
func (p *Profile) readSettings(f folder) {
	data := f.secret(fileSettings, "maak een profiel met: sluis profile new")
	if data == nil {
		return
	}
	values := settings(data, f.faults)
	if values == nil {
		return
	}
	if oin, err := party.ParseOIN(values["oin"]); err != nil {
		f.faults.Add(fileSettings+": oin", "is geen OIN van 20 tekens")
	} else {
		p.OIN = oin
	}
	p.Participant, p.Function = values["deelnemer"], vocabulary.Function(values["functie"])
	if !validID(p.Participant) {
		f.faults.Add(fileSettings+": deelnemer", "mag alleen kleine letters, cijfers en streepjes bevatten, hoogstens 64")
	}
	if !validID(string(p.Function)) {
		f.faults.Add(fileSettings+": functie", "is geen functie")
	}
	url, ok := origin(values["url"])
	if !ok {
		f.faults.Add(fileSettings+": url", "moet het adres van de sluis zijn, zoals https://sluis.voorbeeld.nl")
	}
	p.URL = url
}

var settingNames = []string{"oin", "deelnemer", "functie", "url"}

// maxSettings is the longest profiel.yaml that is read, in bytes. It holds four lines; the YAML parser needs memory that grows
// with the square of the nesting, and so it is never given much.
const maxSettings = 4 << 10

// settings reads a flat YAML mapping of texts. It gives nil when that was not there at all, else what could be read.
func settings(data []byte, faults *fault.List) map[string]string {
	if len(data) > maxSettings {
		faults.Add(fileSettings, "is te lang; er horen vier regels in te staan")
		return nil
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil || len(file.Docs) != 1 {
		faults.Add(fileSettings, "is geen geldige YAML")
		return nil
	}
	var pairs []*ast.MappingValueNode
	switch body := file.Docs[0].Body.(type) {
	case *ast.MappingNode:
		pairs = body.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{body}
	default:
		faults.Add(fileSettings, "moet regels bevatten zoals: oin: \"…\"")
		return nil
	}
	values := map[string]string{}
	for _, pair := range pairs {
		name := pair.Key.String()
		at := pair.Key.GetToken().Position
		note := func(text string) {
			*faults = append(*faults, fault.Fault{Place: fileSettings + ": " + known(name), Message: text, Line: at.Line, Column: at.Column})
		}
		value, isText := pair.Value.(*ast.StringNode)
		_, twice := values[name]
		switch {
		case known(name) != name:
			note("is geen bekend veld; bekend zijn oin, deelnemer, functie en url")
		case twice:
			note("staat er meer dan één keer")
		case !isText:
			note("moet een tekst zijn; zet de waarde tussen aanhalingstekens")
			values[name] = ""
		default:
			values[name] = value.Value
		}
	}
	for _, name := range settingNames {
		if _, ok := values[name]; !ok {
			faults.Add(fileSettings+": "+name, "ontbreekt")
		}
	}
	return values
}

// known gives the name when it is one of the settings, else a word for it: a fault does not repeat what it does not know.
func known(name string) string {
	for _, n := range settingNames {
		if n == name {
			return n
		}
	}
	return "(onbekend)"
}

// validID checks the form of convenant and participant ids, `[a-z0-9-]{1,64}` (WIRE, "JWS").
func validID(s string) bool {
	if len(s) < 1 || len(s) > 64 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}
