// Package jose makes and checks every JWS and JWT of Sluis, and is the only importer of jwx.
//
// Every object is a compact JWS with ES256 and has its own `typ`. It promises that an object of one typ is never accepted
// where another is expected, that the protected header holds exactly the keys that WIRE names (alg, typ and kid; or alg, typ
// and x5c), that the algorithm is never taken from the object, and that "parsed" and "verified" are different types.
// It must not decide whom to trust: keys and certificate anchors come from the caller.
package jose

import (
	"crypto/ecdsa"
	"crypto/x509"
)

// Typ is the `typ` of a protected header.
type Typ string

// The objects that Sluis knows (WIRE, "Every JWS here").
const (
	PartyCard       Typ = "partijkaart+jws"
	ParticipantCard Typ = "deelnemerkaart+jws"
	Envelope        Typ = "envelop+jws"
	CoSignature     Typ = "medeondertekening+jws"
	Confirmation    Typ = "bevestiging+jws"
	ConvenantSigned Typ = "ondertekening+jws"
	WpgDecision     Typ = "wpg-besluit+jws"
	ReviewVerdict   Typ = "beoordeling+jws"
	Token           Typ = "sluis-token+jwt"
)

// How long the compact form of an object may be, in bytes.
const (
	MaxCompactBytes   = 16 << 10 // an object with a kid (WIRE: "16 KiB counts the compact JWS")
	MaxCertifiedBytes = 48 << 10 // an object that carries a certificate chain
	MaxTokenBytes     = 4 << 10  // a token: it is sent with every request
)

// Unverified is a JWS whose form is right and whose signature nobody has checked. Only its header may steer anything: the
// payload serves to find the key, and to name faults.
type Unverified struct {
	Typ     Typ
	Kid     string              // RFC 7638 thumbprint; "" for objects with x5c
	Chain   []*x509.Certificate // x5c, leaf first; nil for objects with kid
	Payload []byte              // decoded, exactly as signed
	Compact string

	signed    string // header and payload as they came: what the signature is over
	signature []byte
}

// Verified is a JWS whose signature was checked with a key that the caller chose. It can only be had from [Unverified.Verify].
type Verified struct {
	u   Unverified
	key *ecdsa.PublicKey
}

// Payload gives the signed bytes; they must not be changed.
func (v Verified) Payload() []byte { return v.u.Payload }

// Compact gives the JWS as it came.
func (v Verified) Compact() string { return v.u.Compact }

// Kid gives the thumbprint of the key that signed, for objects with x5c that of the leaf.
func (v Verified) Kid() string {
	if v.u.Kid != "" {
		return v.u.Kid
	}
	return Thumbprint(v.key)
}

// Chain gives the certificates of an object with x5c, leaf first. They are not yet trusted.
func (v Verified) Chain() []*x509.Certificate { return v.u.Chain }
