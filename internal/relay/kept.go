package relay

import (
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
)

// keptEnvelope reads an envelope that was verified when it was accepted. It does not check the signature again: the key may
// have moved on since, and the record of that time holds the proof.
func keptEnvelope(st Stored) (message.Envelope, error) {
	u, err := jose.Parse(st.Envelope, jose.Envelope)
	if err != nil {
		return message.Envelope{}, fmt.Errorf("reading the kept envelope of record %d: %w", st.Nr, err)
	}
	var e message.Envelope
	if err := json.Unmarshal(u.Payload, &e); err != nil {
		return message.Envelope{}, fmt.Errorf("reading the kept envelope of record %d: %w", st.Nr, err)
	}
	return e, nil
}
