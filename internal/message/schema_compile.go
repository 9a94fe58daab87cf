package message

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// kindSchema is the schema of one kind, read and compiled when first needed: a command that needs none does not wait for it.
type kindSchema struct {
	raw      []byte
	document func() (map[string]any, error)     // for the categories, and for what a field should look like
	compiled func() (*jsonschema.Schema, error) // for validation
}

func newKindSchema(kind string, raw []byte) *kindSchema {
	return &kindSchema{
		raw: raw,
		document: sync.OnceValues(func() (map[string]any, error) {
			var document map[string]any
			if err := json.Unmarshal(raw, &document); err != nil {
				return nil, fmt.Errorf("reading the payload schema of %s: %w", kind, err)
			}
			return document, nil
		}),
		compiled: sync.OnceValues(func() (*jsonschema.Schema, error) {
			schema, err := compile("urn:sluis:soort:"+kind, raw)
			if err != nil {
				return nil, fmt.Errorf("compiling the payload schema of %s: %w", kind, err)
			}
			return schema, nil
		}),
	}
}

func compile(url string, raw []byte) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat() // date and date-time are checked, not only noted
	c.RegisterFormat(&jsonschema.Format{Name: "bsn", Validate: checkBSN})
	c.UseLoader(noLoader{})
	if err := c.AddResource(url, document); err != nil {
		return nil, err
	}
	return c.Compile(url)
}

// noLoader keeps a schema whole in its own file: nothing is fetched.
type noLoader struct{}

func (noLoader) Load(string) (any, error) {
	return nil, errors.New("a payload schema refers only to itself")
}

// checkBSN is the format "bsn" of our schemas: a burgerservicenummer that passes the elfproef.
func checkBSN(v any) error {
	if s, ok := v.(string); ok && !ValidBSN(s) {
		return errors.New("not a burgerservicenummer")
	}
	return nil
}
