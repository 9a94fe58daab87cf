package client

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// withoutFiles gives a body with an empty list where its attachments were: megabytes need not be searched for persons, nor copied. A
// file is about those whom the message is about. What is no JSON object comes back as it is.
func withoutFiles(body []byte) []byte {
	dec := jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true)) // a Buffer is read where it is
	if dec.PeekKind() != '{' {
		return body
	}
	if _, err := dec.ReadToken(); err != nil {
		return body
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return body
		}
		found := name.String() == "bijlagen"
		value, err := dec.ReadValue()
		if err != nil {
			return body
		}
		if found {
			end := int(dec.InputOffset())
			return slices.Concat(body[:end-len(value)], []byte("[]"), body[end:])
		}
	}
	return body
}
