package jose

import (
	"crypto/ecdsa"
	"crypto/x509"
)

// --- OWNER: cards helper. Replace these stubs; keep the signatures. ---

// Parse checks the form of a compact JWS of one typ. Which header it must have (kid or x5c) follows from typ.
// The error is a fault.List (Dutch) when the input is wrong.
func Parse(compact string, want Typ) (Unverified, error) { panic("stub") }

// Verify checks the signature with key. ErrSignature when it does not hold (or the kid is not that key's thumbprint).
func (u Unverified) Verify(key *ecdsa.PublicKey) (Verified, error) { panic("stub") }

// VerifyLeaf checks the signature with the key of the leaf certificate; the chain itself is for party.Anchors to judge.
func (u Unverified) VerifyLeaf() (Verified, error) { panic("stub") }

// Sign makes a compact JWS with header alg, typ, kid.
func Sign(typ Typ, key *ecdsa.PrivateKey, payload []byte) (string, error) { panic("stub") }

// SignCertified makes a compact JWS with header alg, typ, x5c. chain is leaf first, the root left out.
func SignCertified(typ Typ, key *ecdsa.PrivateKey, chain []*x509.Certificate, payload []byte) (string, error) {
	panic("stub")
}

// Thumbprint is the RFC 7638 SHA-256 thumbprint, base64url.
func Thumbprint(key *ecdsa.PublicKey) string { panic("stub") }

// ParsePublicJWK reads a public P-256 JWK strictly (a private one is a fault). place names it in faults.
func ParsePublicJWK(data []byte) (*ecdsa.PublicKey, error) { panic("stub") }

// ParsePrivateJWK reads ondertekening.jwk.
func ParsePrivateJWK(data []byte) (*ecdsa.PrivateKey, error) { panic("stub") }

// MarshalPublicJWK gives {"kty","crv","x","y"} in canonical form.
func MarshalPublicJWK(key *ecdsa.PublicKey) ([]byte, error) { panic("stub") }

// MarshalPrivateJWK gives the private JWK.
func MarshalPrivateJWK(key *ecdsa.PrivateKey) ([]byte, error) { panic("stub") }

// GenerateKey makes a P-256 key.
func GenerateKey() (*ecdsa.PrivateKey, error) { panic("stub") }
