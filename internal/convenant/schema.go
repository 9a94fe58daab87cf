package convenant

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/policies"
)

// schema is policies/schemas/convenant.json: the form of a convenant. What the codes mean is for the vocabulary.
var schema = sync.OnceValue(func() *jsonschema.Schema {
	const name, url = "schemas/convenant.json", "urn:sluis:schema:convenant"
	text, err := fs.ReadFile(policies.FS, name)
	if err != nil {
		panic("convenant: " + err.Error())
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		panic("convenant: " + name + ": " + err.Error())
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(url, doc); err != nil {
		panic("convenant: " + name + ": " + err.Error())
	}
	return c.MustCompile(url)
})

// checkForm notes each way in which the tree departs from the schema, at the place where it does, in the order of the text: the
// validator goes through maps, and who asks twice must be told the same.
func checkForm(root node, faults *fault.List) {
	var wrong *jsonschema.ValidationError
	if !errors.As(schema().Validate(root.value()), &wrong) {
		return
	}
	var form fault.List
	formFaults(root, wrong, &form)
	slices.SortFunc(form, func(a, b fault.Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Message, b.Message))
	})
	*faults = append(*faults, form...)
}

func formFaults(root node, wrong *jsonschema.ValidationError, faults *fault.List) {
	if len(wrong.Causes) > 0 {
		for _, cause := range wrong.Causes {
			formFaults(root, cause, faults)
		}
		return
	}
	n := root.at(wrong.InstanceLocation)
	if n.kind == invalid {
		return // it has had its fault
	}
	switch k := wrong.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			missing := n.get(name)
			if name == "grondslagen" {
				missing.fault(faults, "ontbreekt: een convenant is zelf geen grondslag, noem de wet waarop deze stroom rust")
				continue
			}
			missing.fault(faults, "ontbreekt")
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			unknown := n.get(name)
			unknown.fault(faults, "is geen bekend veld%s", suggestion(name, fieldNames))
		}
	default:
		n.fault(faults, "%s", formMessage(wrong.ErrorKind))
	}
}

// formMessage says what was expected. It never says what was found.
func formMessage(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		return "moet " + typeName(k.Want) + " zijn"
	case *kind.Enum:
		return fmt.Sprintf("moet een van deze zijn: %v", k.Want)
	case *kind.Pattern:
		return "heeft niet de juiste vorm: " + patternName(k.Want)
	case *kind.MinLength:
		return fmt.Sprintf("is te kort: ten minste %d tekens", k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("is te lang: hoogstens %d tekens", k.Want)
	case *kind.MinItems:
		return fmt.Sprintf("moet ten minste %d hebben", k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf("mag hoogstens %d hebben", k.Want)
	case *kind.MinProperties:
		return fmt.Sprintf("moet ten minste %d hebben", k.Want)
	case *kind.MaxProperties:
		return fmt.Sprintf("mag hoogstens %d hebben", k.Want)
	case *kind.Minimum:
		return "moet ten minste " + k.Want.RatString() + " zijn"
	case *kind.Maximum:
		return "mag hoogstens " + k.Want.RatString() + " zijn"
	default:
		return "heeft niet de juiste vorm"
	}
}

func typeName(want []string) string {
	names := map[string]string{"object": "een object", "array": "een lijst", "string": "een tekst (zet een nummer tussen aanhalingstekens)", "integer": "een geheel getal"}
	if len(want) == 1 && names[want[0]] != "" {
		return names[want[0]]
	}
	return "van een ander soort"
}

// patternName tells the patterns of the schema in words.
func patternName(pattern string) string {
	switch pattern {
	case "^[a-z0-9-]{1,64}$":
		return "1 tot en met 64 kleine letters, cijfers en streepjes"
	case "^[0-9]{4}-[0-9]{2}-[0-9]{2}$":
		return "een dag als JJJJ-MM-DD"
	case "^sha-256=:[A-Za-z0-9+/]{43}=:$":
		return `een digest als "sha-256=:base64:"`
	default:
		return "zonder tekens die niet te lezen zijn"
	}
}
