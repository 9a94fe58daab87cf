package jose

import (
	"crypto/ecdsa"
	"errors"
	"fmt"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jws"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// ErrSignature says that a signature does not hold under the key, or that the object names another key.
var ErrSignature = errors.New("de handtekening klopt niet")

// verifier is bound to ES256: what the header says about algorithms never reaches it.
var verifier = func() jws.Verifier {
	v, err := jws.NewVerifier(jwa.ES256)
	if err != nil {
		panic(fmt.Sprintf("jwx without ES256: %v", err)) // cannot happen with a jwx that passed our tests
	}
	return v
}()

// Parse checks the form of a compact JWS of one typ. Which header it must have (kid or x5c) follows from typ.
// The error is a [fault.List] (Dutch) when the input is wrong.
func Parse(compact string, want Typ) (Unverified, error) {
	var faults fault.List
	p, ok := split(compact, want.maxBytes(), &faults)
	if !ok {
		return Unverified{}, faults
	}
	kid, chain := readHeader(p.header, want, &faults)
	if err := faults.Err(); err != nil {
		return Unverified{}, err
	}
	return Unverified{
		Typ: want, Kid: kid, Chain: chain, Payload: p.payload, Compact: compact,
		signed: p.signed, signature: p.signature,
	}, nil
}

// PeekTyp gives the typ that a compact JWS says it has, to choose what to parse it as; "" when it cannot be read. Only
// [Parse] makes sure of anything.
func PeekTyp(compact string) Typ {
	var faults fault.List
	p, ok := split(compact, MaxCertifiedBytes, &faults)
	if !ok {
		return ""
	}
	o := strictjson.Parse(p.header, strictjson.Limits{Bytes: maxHeaderBytes, Depth: 2}, &faults).Object(&faults)
	typ := Typ(o.Text("typ", 64))
	if len(faults) > 0 {
		return ""
	}
	return typ
}

// Verify checks the signature with key. ErrSignature when it does not hold (or the kid is not that key's thumbprint).
func (u Unverified) Verify(key *ecdsa.PublicKey) (Verified, error) {
	if key == nil || u.Kid != Thumbprint(key) {
		return Verified{}, ErrSignature
	}
	return u.check(key)
}

// VerifyLeaf checks the signature with the key of the leaf certificate; the chain itself is for party.Anchors to judge.
func (u Unverified) VerifyLeaf() (Verified, error) {
	if len(u.Chain) == 0 {
		return Verified{}, ErrSignature
	}
	key := leafKey(u.Chain[0])
	if key == nil {
		return Verified{}, ErrSignature
	}
	return u.check(key)
}

func (u Unverified) check(key *ecdsa.PublicKey) (Verified, error) {
	if !isP256(key) || u.signed == "" {
		return Verified{}, ErrSignature
	}
	if err := verifier.Verify([]byte(u.signed), u.signature, key); err != nil {
		return Verified{}, ErrSignature
	}
	return Verified{u: u, key: key}, nil
}
