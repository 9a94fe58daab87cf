package reference

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// schema is what a page tells of a payload schema. The form that our schemas keep to is held by the tests of package message.
type schema struct {
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Source      string            `json:"$comment"`
	Ref         string            `json:"$ref"`
	Type        string            `json:"type"`
	Format      string            `json:"format"`
	Pattern     string            `json:"pattern"`
	Encoding    string            `json:"contentEncoding"`
	Category    string            `json:"x-gegevens"`
	Enum        []string          `json:"enum"`
	Required    []string          `json:"required"`
	Properties  properties        `json:"properties"`
	Items       *schema           `json:"items"`
	Defs        map[string]schema `json:"$defs"`
	Examples    []json.RawMessage `json:"examples"`
	MinItems    int               `json:"minItems"`
	MaxItems    int               `json:"maxItems"`
	MaxLength   int               `json:"maxLength"`
	Minimum     int               `json:"minimum"`
	Maximum     int               `json:"maximum"`
}

// properties are in the order of the file: it is the order in which people fill them in.
type properties []property

type property struct {
	name string
	schema
}

// UnmarshalJSON keeps the order, which a map would lose.
func (p *properties) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		one := property{name: fmt.Sprint(name)}
		if err := dec.Decode(&one.schema); err != nil {
			return err
		}
		*p = append(*p, one)
	}
	return nil
}

// read gives the schema of a kind.
func read(schemas *message.Schemas, kind vocabulary.Kind) (schema, error) {
	raw, ok := schemas.Raw(kind)
	if !ok {
		return schema{}, fmt.Errorf("writing the page of a kind of message: there is no schema")
	}
	var s schema
	if err := json.Unmarshal(raw, &s); err != nil {
		return schema{}, fmt.Errorf("reading the schema of %s for its page: %w", kind, err)
	}
	if len(s.Examples) == 0 {
		return schema{}, fmt.Errorf("reading the schema of %s for its page: it has no example", kind)
	}
	return s, nil
}

// resolved follows a reference into the schema's own $defs.
func (s schema) resolved(root schema) schema {
	if s.Ref == "" {
		return s
	}
	return root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
}
