package message

import (
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// Kop gives the envelope's fields except lading and motivering in RFC 8785 form: the first member of every payload. "The recipient
// refuses a payload whose kop differs, so that nobody can re-wrap somebody else's ciphertext" (WIRE).
func Kop(e Envelope) ([]byte, error) {
	data, err := json.Marshal(e.withoutNil())
	if err != nil {
		return nil, fmt.Errorf("encoding an envelope for its kop: %w", err)
	}
	return kopOf(data)
}

// Kop gives the kop that the payload must have, from the signed bytes.
func (v VerifiedEnvelope) Kop() ([]byte, error) { return kopOf(v.payload) }

func kopOf(envelope []byte) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(envelope, &fields); err != nil {
		return nil, fmt.Errorf("reading an envelope for its kop: %w", err)
	}
	delete(fields, "lading")
	delete(fields, "motivering")
	return strictjson.MarshalCanonical(fields)
}
