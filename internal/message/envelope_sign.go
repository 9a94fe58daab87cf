package message

import (
	"crypto/ecdsa"
	"encoding/base64"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// ParsedEnvelope has the right form; nobody has checked who signed it. What it tells serves to find the key.
type ParsedEnvelope struct {
	envelope Envelope
	jws      jose.Unverified
}

// ParseEnvelope reads a compact envelop+jws of at most 16 KiB. The error is a fault.List: of the JWS when that has the wrong form,
// else every fault of the envelope, each at its path. Codes are checked against the vocabulary.
func ParseEnvelope(compact string) (ParsedEnvelope, error) {
	jws, err := jose.Parse(compact, jose.Envelope)
	if err != nil {
		return ParsedEnvelope{}, err
	}
	envelope, err := readEnvelope(jws.Payload)
	if err != nil {
		return ParsedEnvelope{}, err
	}
	return ParsedEnvelope{envelope: envelope, jws: jws}, nil
}

// Kid is the thumbprint of the key that is said to have signed.
func (p ParsedEnvelope) Kid() string { return p.jws.Kid }

// ID is the id of the message.
func (p ParsedEnvelope) ID() string { return p.envelope.ID }

// Sender is who is said to have signed.
func (p ParsedEnvelope) Sender() Sender { return p.envelope.Sender }

// Digest is over the decoded JWS payload, as [VerifiedEnvelope.Digest].
func (p ParsedEnvelope) Digest() digest.SHA256 { return digest.Of(p.jws.Payload) }

// Verify checks the signature. Its only error is [jose.ErrSignature].
func (p ParsedEnvelope) Verify(key *ecdsa.PublicKey) (VerifiedEnvelope, error) {
	v, err := p.jws.Verify(key)
	if err != nil {
		return VerifiedEnvelope{}, err
	}
	return VerifiedEnvelope{envelope: p.envelope, compact: v.Compact(), payload: v.Payload(), kid: v.Kid()}, nil
}

// SignEnvelope validates by the rules of [ParseEnvelope], then signs: what would not be accepted is never signed. Nil slices and
// maps become empty ones. A fault.List says what is wrong with the envelope.
func SignEnvelope(e Envelope, key *ecdsa.PrivateKey) (VerifiedEnvelope, error) {
	payload, err := strictjson.MarshalCanonical(e.withoutNil())
	if err != nil {
		return VerifiedEnvelope{}, err
	}
	envelope, err := readEnvelope(payload)
	if err != nil {
		return VerifiedEnvelope{}, err
	}
	compact, err := sign(jose.Envelope, key, payload)
	if err != nil {
		return VerifiedEnvelope{}, err
	}
	return VerifiedEnvelope{envelope: envelope, compact: compact, payload: payload, kid: jose.Thumbprint(&key.PublicKey)}, nil
}

// sign signs, and tells a sender in words when the result would be too long: "16 KiB counts the compact JWS" (WIRE).
func sign(typ jose.Typ, key *ecdsa.PrivateKey, payload []byte) (string, error) {
	if n := compactLength(typ, payload); n > jose.MaxCompactBytes {
		return "", bodyFault("", "is te lang: ondertekend %d bytes, hoogstens %d; noem minder ontvangers of betrokkenen", n, jose.MaxCompactBytes)
	}
	compact, err := jose.Sign(typ, key, payload)
	if err != nil {
		return "", fmt.Errorf("signing a %s: %w", typ, err)
	}
	return compact, nil
}

// compactLength gives the length of a compact JWS: the header with a SHA-256 thumbprint, the payload, and a signature of 64 bytes.
func compactLength(typ jose.Typ, payload []byte) int {
	const header = len(`{"alg":"ES256","typ":"","kid":""}`) + 43
	encoded := base64.RawURLEncoding.EncodedLen
	return encoded(header+len(typ)) + 1 + encoded(len(payload)) + 1 + encoded(64)
}
