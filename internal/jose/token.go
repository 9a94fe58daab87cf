package jose

import (
	"crypto/ecdsa"
	"time"
)

// TokenClaims are the claims of a party-issued token, exactly those that WIRE names.
type TokenClaims struct {
	Issuer         string    // iss: urn:nld:oin:<oin>
	Subject        string    // sub: participant id
	Audience       string    // aud: the gateway's public origin
	IssuedAt       time.Time // iat, seconds
	Expires        time.Time // exp, seconds; at most MaxTokenLife after iat
	ID             string    // jti: base64url of at least 16 random bytes
	CertThumbprint string    // cnf.x5t#S256, base64url of the SHA-256 of the certificate's DER; "" when there is no cnf
}

// MaxTokenLife is the longest time between iat and exp of a party-issued token.
const MaxTokenLife = 5 * time.Minute

// --- OWNER: cards helper. Replace these stubs; keep the signatures. ---

// UnverifiedToken is a token whose form is right (claims strict, life not too long) and whose signature nobody has checked.
type UnverifiedToken struct {
	Kid    string
	Claims TokenClaims
	jws    Unverified
}

// IssueToken signs claims; a zero ID gets a fresh one of 16 random bytes.
func IssueToken(c TokenClaims, key *ecdsa.PrivateKey) (string, error) { panic("stub") }

// ParseToken reads a sluis-token+jwt strictly. The error is a fault.List.
func ParseToken(compact string) (UnverifiedToken, error) { panic("stub") }

// Verify checks the signature; ErrSignature when it does not hold. Times are for the caller to judge.
func (u UnverifiedToken) Verify(key *ecdsa.PublicKey) (TokenClaims, error) { panic("stub") }
