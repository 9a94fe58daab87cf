package strictjson

import (
	"encoding/json"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// Canonical gives the RFC 8785 (JSON Canonicalization Scheme) form of one JSON value. Its errors are syntax errors,
// duplicate keys and invalid UTF-8, and never quote the input.
func Canonical(data []byte) ([]byte, error) {
	v := jsontext.Value(append([]byte(nil), data...))
	if err := v.Canonicalize(); err != nil {
		return nil, fmt.Errorf("canonicalising JSON of %d bytes: not valid I-JSON", len(data))
	}
	return v, nil
}

// MarshalCanonical encodes v with encoding/json and gives its RFC 8785 form.
func MarshalCanonical(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encoding %T as JSON: %w", v, err)
	}
	return Canonical(data)
}
