package client

import (
	"bytes"
	"fmt"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

// sealed is a message as it leaves: the signed envelope and the age file that it names.
type sealed struct {
	envelope message.VerifiedEnvelope
	lading   []byte
}

// ageOverhead is room for the header of an age file for a handful of people, in bytes, so that the buffer grows once.
const ageOverhead = 64 << 10

// seal pads and encrypts the body under the kop of the envelope, and signs the envelope over the result. The order is forced: kop
// is everything of the envelope but the age file, the age file holds kop, and the signature is over both.
func (p *Profile) seal(e message.Envelope, body []byte, keys []age.Recipient) (sealed, error) {
	kop, err := message.Kop(e)
	if err != nil {
		return sealed{}, err
	}
	plaintext, err := message.BuildPayload(kop, body)
	if err != nil {
		return sealed{}, err
	}
	var file bytes.Buffer
	file.Grow(len(plaintext) + len(plaintext)/4096 + ageOverhead)
	w, err := age.Encrypt(&file, keys...)
	if err != nil {
		return sealed{}, fmt.Errorf("encrypting a payload for %d people: %w", len(keys), err)
	}
	if _, err = w.Write(plaintext); err == nil {
		err = w.Close()
	}
	if err != nil {
		return sealed{}, fmt.Errorf("encrypting a payload for %d people: %w", len(keys), err)
	}
	if file.Len() > message.MaxPayload {
		return sealed{}, fault.List{{Place: "lading", Message: "is te groot: verzegeld hoogstens 36 MiB"}}
	}
	e.Payload = message.Content{Digest: digest.Of(file.Bytes()), Length: int64(file.Len())}
	envelope, err := message.SignEnvelope(e, p.key)
	if err != nil {
		return sealed{}, err
	}
	return sealed{envelope, file.Bytes()}, nil
}
