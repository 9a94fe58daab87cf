package client

import (
	"bytes"
	"fmt"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

// contents is what a message is made of, and for whom.
type contents struct {
	body       []byte
	keys       []age.Recipient
	motivation string // "" for none
	officers   []age.Recipient
}

// sealed is a message as it leaves: the signed envelope and the age files that it names.
type sealed struct {
	envelope   message.VerifiedEnvelope
	motivation []byte // nil for none
	lading     []byte
	asks       bool   // a colleague has to sign too
	second     string // medeondertekening+jws; "" for none
}

// awaits reports whether a message stays here until a colleague has signed. Nothing of it ever left.
func (s sealed) awaits() bool { return s.asks && s.second == "" }

// ageOverhead is room for the header of an age file for a handful of people, in bytes, so that the buffer grows once.
const ageOverhead = 16 << 10

// seal pads and encrypts what is in a message under the kop of the envelope, and signs the envelope over the result. The order is
// forced: kop is everything of the envelope but the age files, the age files hold kop, and the signature is over both.
func (p *Profile) seal(e message.Envelope, in contents) (sealed, error) {
	var s sealed
	kop, err := message.Kop(e)
	if err != nil {
		return s, err
	}
	if s.lading, err = encrypt(kop, in.body, in.keys); err != nil {
		return s, err
	}
	if len(s.lading) > message.MaxPayload {
		return s, fault.List{{Place: "lading", Message: "is te groot: verzegeld hoogstens 36 MiB"}}
	}
	e.Payload = contentOf(s.lading)
	if in.motivation != "" {
		body, err := motivationBody(in.motivation)
		if err != nil {
			return s, err
		}
		if s.motivation, err = encrypt(kop, body, in.officers); err != nil {
			return s, err
		}
		if len(s.motivation) > message.MaxMotivation {
			return s, fault.List{{Place: motivationPlace, Message: "is te groot: verzegeld hoogstens 64 KiB. Maak de tekst korter"}}
		}
		content := contentOf(s.motivation)
		e.Motivation = &content
	}
	s.envelope, err = message.SignEnvelope(e, p.key)
	return s, err
}

// encrypt puts kop before a body, pads it and makes an age file of it.
func encrypt(kop, body []byte, keys []age.Recipient) ([]byte, error) {
	plaintext, err := message.BuildPayload(kop, body)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	file.Grow(len(plaintext) + len(plaintext)/4096 + ageOverhead)
	w, err := age.Encrypt(&file, keys...)
	if err == nil {
		_, err = w.Write(plaintext)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("sealing a message for %d people: %w", len(keys), err)
	}
	return file.Bytes(), nil
}
