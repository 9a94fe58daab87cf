package message

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// maxBodyDepth bounds the nesting of a payload; no schema comes near it.
const maxBodyDepth = 16

// Validate checks a payload body (a JSON object without kop) by the schema of its kind. Its error is a fault.List with every
// fault: Dutch, with a path, never with a value.
func (s *Schemas) Validate(kind vocabulary.Kind, body []byte) error {
	k, err := s.known(kind)
	if err != nil {
		return err
	}
	schema, err := k.compiled()
	if err != nil {
		return err
	}
	d, err := detach(body)
	if err != nil {
		return err
	}
	var faults fault.List
	strictjson.Parse(d.body, strictjson.Limits{Bytes: maxBodyText, Depth: maxBodyDepth}, &faults)
	if len(faults) > 0 {
		return faults.Err()
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(d.body))
	if err != nil {
		return bodyFault("", "is geen geldige JSON")
	}
	var invalid *jsonschema.ValidationError
	if err := schema.Validate(instance); errors.As(err, &invalid) {
		document, err := k.document()
		if err != nil {
			return err
		}
		t := translation{document: document, url: schema.Location}
		t.add(invalid)
		faults = t.faults
	} else if err != nil {
		return fmt.Errorf("validating a payload of kind %s: %w", kind, err)
	}
	if len(d.contents) > 0 && !slices.ContainsFunc(faults, func(f fault.Fault) bool { return strings.HasPrefix(f.Place, attachmentsName) }) {
		var rules fault.List // of the files themselves, which no schema can say
		d.attachments(&rules)
		faults = append(faults, rules...)
	}
	slices.SortFunc(faults, func(a, b fault.Fault) int { // the validator goes through fields in no order
		return cmp.Or(strings.Compare(a.Place, b.Place), strings.Compare(a.Message, b.Message))
	})
	return faults.Err()
}

func (s *Schemas) known(kind vocabulary.Kind) (*kindSchema, error) {
	k, ok := s.byKind[kind]
	if !ok {
		return nil, bodyFault("soort", "voor deze soort bericht kent deze versie van Sluis nog geen inhoud: kies een andere soort")
	}
	return k, nil
}

// translation turns what the validator found into faults for people.
type translation struct {
	document map[string]any
	url      string // of the schema
	faults   fault.List
}

// add notes the leaves of the tree of errors: what is above them only says that something below is wrong.
func (t *translation) add(e *jsonschema.ValidationError) {
	for _, cause := range e.Causes {
		t.add(cause)
	}
	if len(e.Causes) > 0 {
		return
	}
	place := instancePlace(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			t.faults.Add(joinPlace(place, name), "ontbreekt")
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			t.faults.Add(joinPlace(place, name), "is geen bekend veld van deze soort bericht")
		}
	case *kind.Type:
		t.faults.Add(place, "moet %s zijn", typeNames(k.Want))
	case *kind.Enum:
		t.faults.Add(place, "moet één zijn van: %s", listed(k.Want))
	case *kind.Format:
		t.faults.Add(place, "%s", formatRule(k.Want))
	case *kind.MinLength:
		if k.Want == 1 {
			t.faults.Add(place, "is leeg")
			return
		}
		t.faults.Add(place, "is te kort: minstens %d tekens", k.Want)
	case *kind.MaxLength:
		t.faults.Add(place, "is te lang: hoogstens %d tekens", k.Want)
	case *kind.MinItems:
		t.faults.Add(place, "heeft te weinig regels: minstens %d", k.Want)
	case *kind.MaxItems:
		t.faults.Add(place, "heeft te veel regels: hoogstens %d", k.Want)
	case *kind.MinProperties:
		t.faults.Add(place, "is leeg: vul minstens %d veld in", k.Want)
	case *kind.Minimum:
		t.faults.Add(place, "is te laag: minstens %s", k.Want.RatString())
	case *kind.Maximum:
		t.faults.Add(place, "is te hoog: hoogstens %s", k.Want.RatString())
	case *kind.UniqueItems:
		t.faults.Add(place, "regel %d en regel %d zijn gelijk", k.Duplicates[0]+1, k.Duplicates[1]+1)
	default:
		t.faults.Add(place, "heeft niet de goede vorm%s", t.description(e.SchemaURL))
	}
}

// description gives what the schema itself says of a field, for rules that have no sentence of their own.
func (t *translation) description(url string) string {
	pointer, ok := strings.CutPrefix(url, t.url)
	if !ok {
		return ""
	}
	if text, ok := resolve(t.document, "#"+strings.TrimPrefix(pointer, "#"))["description"].(string); ok {
		return ": " + text
	}
	return ""
}
