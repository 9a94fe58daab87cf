package message

import "github.com/sluis-gateway/sluis/internal/digest"

// VerifiedEnvelope is an envelope whose signature was checked with the key named by its kid. Whose key that is, and whether
// it is the caller's, is for the one who verified it to say. It can only be had from [ParsedEnvelope.Verify] and [SignEnvelope].
type VerifiedEnvelope struct {
	envelope Envelope
	compact  string
	payload  []byte
	kid      string
}

// Envelope gives the content; slices and maps in it must not be changed.
func (v VerifiedEnvelope) Envelope() Envelope { return v.envelope }

// Compact gives the JWS as signed.
func (v VerifiedEnvelope) Compact() string { return v.compact }

// Digest is over the decoded JWS payload: what confirmations name and repeated sends are compared by.
func (v VerifiedEnvelope) Digest() digest.SHA256 { return digest.Of(v.payload) }

// Kid is the thumbprint of the key that signed.
func (v VerifiedEnvelope) Kid() string { return v.kid }

// VerifiedConfirmation is a confirmation whose signature was checked with the key named by its kid. It can only be had from
// [ParsedConfirmation.Verify] and [SignConfirmation].
type VerifiedConfirmation struct {
	confirmation Confirmation
	compact      string
	kid          string
}

// Confirmation gives the content.
func (v VerifiedConfirmation) Confirmation() Confirmation { return v.confirmation }

// Compact gives the JWS as signed.
func (v VerifiedConfirmation) Compact() string { return v.compact }

// Kid is the thumbprint of the key that signed.
func (v VerifiedConfirmation) Kid() string { return v.kid }
