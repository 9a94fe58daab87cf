package jose

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

const (
	coordinateBytes = 32 // of P-256 (RFC 7518, 6.2.1.2)
	maxJWKBytes     = 1 << 10
)

// GenerateKey makes a P-256 key.
func GenerateKey() (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("generating a P-256 key: %w", err)
	}
	return key, nil
}

// Thumbprint is the RFC 7638 SHA-256 thumbprint, base64url; "" for a key that is not on P-256.
func Thumbprint(key *ecdsa.PublicKey) string {
	jwk, err := MarshalPublicJWK(key)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(jwk)
	return encode(sum[:])
}

// MarshalPublicJWK gives {"crv","kty","x","y"} in canonical form, which is also what RFC 7638 (3.2) hashes: "only the
// required members … ordered lexicographically … with no whitespace".
func MarshalPublicJWK(key *ecdsa.PublicKey) ([]byte, error) {
	point, err := point(key)
	if err != nil {
		return nil, fmt.Errorf("encoding a public JWK: %w", err)
	}
	x, y := point[1:1+coordinateBytes], point[1+coordinateBytes:]
	out := make([]byte, 0, 160)
	out = append(out, `{"crv":"P-256","kty":"EC","x":"`...)
	out = encoding.AppendEncode(out, x)
	out = append(out, `","y":"`...)
	out = encoding.AppendEncode(out, y)
	return append(out, `"}`...), nil
}

// MarshalPrivateJWK gives the private JWK, members in canonical order. It is a secret.
func MarshalPrivateJWK(key *ecdsa.PrivateKey) ([]byte, error) {
	if key == nil {
		return nil, fmt.Errorf("encoding a private JWK: %w", errKey)
	}
	public, err := MarshalPublicJWK(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	d, err := key.Bytes()
	if err != nil {
		return nil, fmt.Errorf("encoding a private JWK: %w", errKey)
	}
	// `{"crv":"P-256",` and then "d", which sorts before "kty".
	const head = `{"crv":"P-256",`
	return []byte(head + `"d":"` + encode(d) + `",` + string(public[len(head):])), nil
}

// ParsePublicJWK reads a public P-256 JWK of exactly kty, crv, x, y (a private one is a fault). The error is a [fault.List].
func ParsePublicJWK(data []byte) (*ecdsa.PublicKey, error) {
	var faults fault.List
	key := ReadPublicJWK(strictjson.Parse(data, strictjson.Limits{Bytes: maxJWKBytes, Depth: 2}, &faults), &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return key, nil
}

// ReadPublicJWK reads a public JWK that stands in a larger object. What is wrong is added to faults; the key is then nil.
func ReadPublicJWK(n strictjson.Node, faults *fault.List) *ecdsa.PublicKey {
	before := len(*faults)
	o := n.Object(faults)
	key := readPoint(o, n.Place(), faults)
	o.End()
	if len(*faults) > before {
		return nil
	}
	return key
}

// ParsePrivateJWK reads ondertekening.jwk: exactly kty, crv, x, y, d. The error is a [fault.List].
func ParsePrivateJWK(data []byte) (*ecdsa.PrivateKey, error) {
	var faults fault.List
	o := strictjson.Parse(data, strictjson.Limits{Bytes: maxJWKBytes, Depth: 2}, &faults).Object(&faults)
	public := readPoint(o, "", &faults)
	d := readBytes(o, "d", &faults)
	o.End()
	if err := faults.Err(); err != nil {
		return nil, err
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), d)
	if err != nil || !key.PublicKey.Equal(public) {
		faults.Add("d", "hoort niet bij de publieke sleutel (x, y)")
		return nil, faults
	}
	return key, nil
}

func readPoint(o *strictjson.Object, place string, faults *fault.List) *ecdsa.PublicKey {
	fixed := func(name, want string) {
		if got := o.Text(name, 16); got != "" && got != want {
			o.Fault(name, "moet %s zijn", want)
		}
	}
	fixed("kty", "EC")
	fixed("crv", "P-256")
	x, y := readBytes(o, "x", faults), readBytes(o, "y", faults)
	if x == nil || y == nil {
		return nil
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		faults.Add(place, "is geen punt op P-256")
		return nil
	}
	return key
}

func readBytes(o *strictjson.Object, name string, faults *fault.List) []byte {
	text := o.Text(name, 64)
	if text == "" {
		return nil
	}
	raw, ok := decode(text)
	if !ok || len(raw) != coordinateBytes {
		o.Fault(name, "moet %d bytes in base64url zijn", coordinateBytes)
		return nil
	}
	return raw
}

func isP256(key *ecdsa.PublicKey) bool {
	_, err := point(key)
	return err == nil
}

// point gives 4 ‖ x ‖ y of a key that lies on P-256.
func point(key *ecdsa.PublicKey) ([]byte, error) {
	if key == nil || key.Curve != elliptic.P256() {
		return nil, errKey
	}
	raw, err := key.Bytes()
	if err != nil {
		return nil, errKey
	}
	return raw, nil
}
