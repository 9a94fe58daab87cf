package party

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"errors"
	"fmt"
	"time"
)

// ErrUntrusted says that a chain, an OIN or a signature does not hold: the card is not by who it says.
var ErrUntrusted = errors.New("is niet te vertrouwen")

// untrusted gives an error that wraps ErrUntrusted; why is Dutch and holds no value of the input.
func untrusted(why string) error { return fmt.Errorf("%w: %s", ErrUntrusted, why) }

// maxChain is the longest chain, the root left out. PKIoverheid has a domain CA, an issuing CA and the leaf.
const maxChain = 4

// Anchors are the trust anchors under which parties' certificates sign cards and convenants.
type Anchors struct {
	roots *x509.CertPool
}

// NewAnchors makes anchors of root certificates. Without any, nothing is trusted.
func NewAnchors(certs []*x509.Certificate) *Anchors {
	roots := x509.NewCertPool()
	for _, cert := range certs {
		roots.AddCert(cert)
	}
	return &Anchors{roots: roots}
}

// VerifyChain checks an x5c chain at time now: a P-256 leaf for signing, under an anchor, with one OIN, which it gives. Every
// error wraps [ErrUntrusted]. Revocation is for the caller: it needs a CRL, which must be fetched.
func (a *Anchors) VerifyChain(chain []*x509.Certificate, now time.Time) (OIN, error) {
	if a == nil || len(chain) == 0 || len(chain) > maxChain {
		return "", untrusted("er is geen bruikbare reeks certificaten")
	}
	leaf := chain[0]
	if err := checkLeaf(leaf); err != nil {
		return "", err
	}
	between := x509.NewCertPool()
	for _, cert := range chain[1:] {
		between.AddCert(cert)
	}
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots:         a.roots,
		Intermediates: between,
		CurrentTime:   now,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageAny}, // a card key needs no use in TLS; the convenant pins it
	})
	if err != nil {
		return "", untrusted(whyNot(err))
	}
	return OINOf(leaf)
}

// checkLeaf checks what [x509.Certificate.Verify] leaves open: that the certificate is somebody's own, and made for signing
// (RFC 5280, 4.2.1.3: digitalSignature).
func checkLeaf(leaf *x509.Certificate) error {
	key, ok := leaf.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return untrusted("het certificaat heeft geen P-256-sleutel")
	}
	if leaf.IsCA {
		return untrusted("het certificaat is van een certificaatautoriteit en niet van een partij")
	}
	if leaf.KeyUsage&x509.KeyUsageDigitalSignature == 0 {
		return untrusted("het certificaat is niet bedoeld om mee te ondertekenen (digitalSignature)")
	}
	return nil
}

// whyNot tells the common causes apart in Dutch. The text of x509 is not passed on: it names subjects.
func whyNot(err error) string {
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && invalid.Reason == x509.Expired {
		return "een certificaat is op dit moment niet geldig (verlopen of nog niet ingegaan)"
	}
	return "het certificaat leidt niet naar een vertrouwd anker"
}
