package jose

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jws"
)

var errKey = errors.New("not a P-256 key")

// signer makes ES256 signatures and nothing else.
var signer = func() jws.Signer {
	s, err := jws.NewSigner(jwa.ES256)
	if err != nil {
		panic(fmt.Sprintf("jwx without ES256: %v", err)) // cannot happen with a jwx that passed our tests
	}
	return s
}()

// header is a protected header in the order in which it is written; exactly one of Kid and Chain is there.
type header struct {
	Alg   string   `json:"alg"`
	Typ   Typ      `json:"typ"`
	Kid   string   `json:"kid,omitempty"`
	Chain []string `json:"x5c,omitempty"`
}

// Sign makes a compact JWS with header alg, typ, kid. It refuses a typ that carries x5c, and what [Parse] would refuse for
// its length.
func Sign(typ Typ, key *ecdsa.PrivateKey, payload []byte) (string, error) {
	if typ.certified() {
		return "", fmt.Errorf("signing a %s: it carries a certificate chain, not a kid", typ)
	}
	if key == nil || !isP256(&key.PublicKey) {
		return "", fmt.Errorf("signing a %s: %w", typ, errKey)
	}
	return sign(header{Alg: algorithm, Typ: typ, Kid: Thumbprint(&key.PublicKey)}, key, payload)
}

// SignCertified makes a compact JWS with header alg, typ, x5c. chain is leaf first, the root left out; the leaf must be of key.
func SignCertified(typ Typ, key *ecdsa.PrivateKey, chain []*x509.Certificate, payload []byte) (string, error) {
	if !typ.certified() {
		return "", fmt.Errorf("signing a %s: it carries a kid, not a certificate chain", typ)
	}
	if key == nil || !isP256(&key.PublicKey) {
		return "", fmt.Errorf("signing a %s: %w", typ, errKey)
	}
	if len(chain) == 0 || len(chain) > maxChain {
		return "", fmt.Errorf("signing a %s: a chain of %d certificates, 1 to %d expected", typ, len(chain), maxChain)
	}
	if leaf := leafKey(chain[0]); leaf == nil || !leaf.Equal(&key.PublicKey) {
		return "", fmt.Errorf("signing a %s: the leaf certificate is not of this key", typ)
	}
	x5c := make([]string, len(chain))
	for i, cert := range chain {
		x5c[i] = base64.StdEncoding.EncodeToString(cert.Raw)
	}
	return sign(header{Alg: algorithm, Typ: typ, Chain: x5c}, key, payload)
}

func sign(h header, key *ecdsa.PrivateKey, payload []byte) (string, error) {
	if len(payload) == 0 {
		return "", fmt.Errorf("signing a %s: nothing to sign", h.Typ)
	}
	head, err := json.Marshal(h)
	if err != nil {
		return "", fmt.Errorf("encoding the header of a %s: %w", h.Typ, err)
	}
	signed := encode(head) + "." + encode(payload)
	signature, err := signer.Sign([]byte(signed), key)
	if err != nil {
		return "", fmt.Errorf("signing a %s: %w", h.Typ, err)
	}
	compact := signed + "." + encode(signature)
	if max := h.Typ.maxBytes(); len(compact) > max {
		return "", fmt.Errorf("signing a %s: %d bytes long, at most %d allowed", h.Typ, len(compact), max)
	}
	return compact, nil
}
