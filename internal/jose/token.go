package jose

import (
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
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

const (
	minTokenID = 16 // bytes: "jti (≥ 128 bits)"
	maxTokenID = 64 // bytes
	maxSeconds = 253402300799
)

// UnverifiedToken is a token whose form is right (claims strict, life not too long) and whose signature nobody has checked.
type UnverifiedToken struct {
	Kid    string
	Claims TokenClaims
	jws    Unverified
}

type confirmation struct {
	Thumbprint string `json:"x5t#S256"`
}

type wireClaims struct {
	Issuer       string        `json:"iss"`
	Subject      string        `json:"sub"`
	Audience     string        `json:"aud"`
	IssuedAt     int64         `json:"iat"`
	Expires      int64         `json:"exp"`
	ID           string        `json:"jti"`
	Confirmation *confirmation `json:"cnf,omitempty"`
}

// IssueToken signs claims; an empty ID gets a fresh one of 16 random bytes. Claims that [ParseToken] would refuse are refused.
func IssueToken(c TokenClaims, key *ecdsa.PrivateKey) (string, error) {
	if c.ID == "" {
		id := make([]byte, minTokenID)
		rand.Read(id) // never fails: crypto/rand ends the process instead
		c.ID = encode(id)
	}
	w := wireClaims{
		Issuer: c.Issuer, Subject: c.Subject, Audience: c.Audience, ID: c.ID,
		IssuedAt: c.IssuedAt.Unix(), Expires: c.Expires.Unix(),
	}
	if c.CertThumbprint != "" {
		w.Confirmation = &confirmation{c.CertThumbprint}
	}
	payload, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("encoding the claims of a token: %w", err)
	}
	var faults fault.List
	readClaims(payload, &faults)
	if err := faults.Err(); err != nil {
		return "", fmt.Errorf("issuing a token: %w", err)
	}
	return Sign(Token, key, payload)
}

// ParseToken reads a sluis-token+jwt strictly. The error is a [fault.List].
func ParseToken(compact string) (UnverifiedToken, error) {
	u, err := Parse(compact, Token)
	if err != nil {
		return UnverifiedToken{}, err
	}
	var faults fault.List
	claims := readClaims(u.Payload, &faults)
	if err := faults.Err(); err != nil {
		return UnverifiedToken{}, err
	}
	return UnverifiedToken{Kid: u.Kid, Claims: claims, jws: u}, nil
}

// Verify checks the signature; ErrSignature when it does not hold. Times are for the caller to judge.
func (u UnverifiedToken) Verify(key *ecdsa.PublicKey) (TokenClaims, error) {
	if _, err := u.jws.Verify(key); err != nil {
		return TokenClaims{}, err
	}
	return u.Claims, nil
}

func readClaims(data []byte, faults *fault.List) TokenClaims {
	o := strictjson.Parse(data, strictjson.Limits{Bytes: MaxTokenBytes, Depth: 2}, faults).Object(faults)
	c := TokenClaims{
		Issuer:   o.Text("iss", 64),
		Subject:  o.Text("sub", 64),
		Audience: o.Text("aud", 300),
		IssuedAt: time.Unix(int64(o.Int("iat", 0, maxSeconds)), 0).UTC(),
		Expires:  time.Unix(int64(o.Int("exp", 0, maxSeconds)), 0).UTC(),
	}
	if life := c.Expires.Sub(c.IssuedAt); len(*faults) == 0 && (life <= 0 || life > MaxTokenLife) {
		o.Fault("exp", "moet na iat liggen, en hoogstens %d seconden later", int(MaxTokenLife.Seconds()))
	}
	c.ID = o.Text("jti", 2*maxTokenID)
	if raw, ok := decode(c.ID); c.ID != "" && (!ok || len(raw) < minTokenID || len(raw) > maxTokenID) {
		o.Fault("jti", "moet base64url zijn van %d tot en met %d willekeurige bytes", minTokenID, maxTokenID)
	}
	if n := o.Field("cnf"); !n.Absent() {
		cnf := n.Object(faults)
		c.CertThumbprint = cnf.Text("x5t#S256", kidLength)
		if c.CertThumbprint != "" && !isThumbprint(c.CertThumbprint) {
			cnf.Fault("x5t#S256", "moet een SHA-256-vingerafdruk zijn: 43 tekens base64url")
		}
		cnf.End()
	}
	o.End()
	return c
}
