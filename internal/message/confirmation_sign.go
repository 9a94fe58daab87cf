package message

import (
	"crypto/ecdsa"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// ParsedConfirmation has the right form; nobody has checked who signed it.
type ParsedConfirmation struct {
	confirmation Confirmation
	jws          jose.Unverified
}

// ParseConfirmation reads a compact bevestiging+jws. The error is a fault.List, as in [ParseEnvelope].
func ParseConfirmation(compact string) (ParsedConfirmation, error) {
	jws, err := jose.Parse(compact, jose.Confirmation)
	if err != nil {
		return ParsedConfirmation{}, err
	}
	confirmation, err := readConfirmation(jws.Payload)
	if err != nil {
		return ParsedConfirmation{}, err
	}
	return ParsedConfirmation{confirmation: confirmation, jws: jws}, nil
}

// Kid is the thumbprint of the key that is said to have signed.
func (p ParsedConfirmation) Kid() string { return p.jws.Kid }

// Message is the id of the message that is confirmed.
func (p ParsedConfirmation) Message() string { return p.confirmation.Message }

// Verify checks the signature. Its only error is [jose.ErrSignature].
func (p ParsedConfirmation) Verify(key *ecdsa.PublicKey) (VerifiedConfirmation, error) {
	v, err := p.jws.Verify(key)
	if err != nil {
		return VerifiedConfirmation{}, err
	}
	return VerifiedConfirmation{confirmation: p.confirmation, compact: v.Compact(), kid: v.Kid()}, nil
}

// SignConfirmation validates by the rules of [ParseConfirmation], then signs. Nil slices become empty ones.
func SignConfirmation(c Confirmation, key *ecdsa.PrivateKey) (VerifiedConfirmation, error) {
	payload, err := strictjson.MarshalCanonical(c.withoutNil())
	if err != nil {
		return VerifiedConfirmation{}, err
	}
	confirmation, err := readConfirmation(payload)
	if err != nil {
		return VerifiedConfirmation{}, err
	}
	compact, err := sign(jose.Confirmation, key, payload)
	if err != nil {
		return VerifiedConfirmation{}, err
	}
	return VerifiedConfirmation{confirmation: confirmation, compact: compact, kid: jose.Thumbprint(&key.PublicKey)}, nil
}
