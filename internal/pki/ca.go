// Package pki makes certificates for development and for the demonstration: a root, an issuing CA under it, and the
// certificates of parties and servers. It writes and reads them as PEM.
//
// It promises certificates of the shape that production has (PKIoverheid: the OIN in Subject.serialNumber, the holder in
// Subject.organizationName, P-256 keys), and files that never overwrite others, keys readable by their owner only. It must not
// be used to run a CA for real parties: certs/README.md says what production needs.
package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"
)

const (
	rootLife    = 10 * 365 * 24 * time.Hour
	issuingLife = 5 * 365 * 24 * time.Hour
	leafLife    = 365 * 24 * time.Hour
	backdate    = 10 * time.Minute // for machines whose clock is behind the one that made the certificate
)

// CA is a root and the issuing CA under it. Leaves are issued by the issuing CA only.
type CA struct {
	Root       *x509.Certificate
	Issuing    *x509.Certificate
	rootKey    *ecdsa.PrivateKey
	issuingKey *ecdsa.PrivateKey
}

// Identity is a key with its certificate chain: leaf first, the root left out, as x5c and TLS want it.
type Identity struct {
	Key   *ecdsa.PrivateKey
	Chain []*x509.Certificate
}

// NewCA makes a root and an issuing CA with fresh keys. name is what people see in the certificates.
func NewCA(name string) (*CA, error) {
	ca := &CA{}
	var err error
	root := authority(name+" - root", rootLife)
	if ca.Root, ca.rootKey, err = issue(root, nil, nil); err != nil {
		return nil, fmt.Errorf("making the root of a CA: %w", err)
	}
	issuing := authority(name+" - issuing", issuingLife)
	issuing.MaxPathLenZero = true // it issues leaves only
	if ca.Issuing, ca.issuingKey, err = issue(issuing, ca.Root, ca.rootKey); err != nil {
		return nil, fmt.Errorf("making the issuing CA: %w", err)
	}
	return ca, nil
}

// Pool holds the root: what a TLS configuration trusts.
func (ca *CA) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(ca.Root)
	return pool
}

func (ca *CA) leaf(template *x509.Certificate) (Identity, error) {
	cert, key, err := issue(template, ca.Issuing, ca.issuingKey)
	if err != nil {
		return Identity{}, err
	}
	return Identity{Key: key, Chain: []*x509.Certificate{cert, ca.Issuing}}, nil
}

func authority(name string, life time.Duration) *x509.Certificate {
	return &x509.Certificate{
		Subject:               pkix.Name{Country: []string{"NL"}, Organization: []string{"Sluis (ontwikkeling)"}, CommonName: name},
		NotAfter:              time.Now().Add(life),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
}

// issue completes a template with a fresh key and a random serial number, and signs it; without a parent it signs itself.
func issue(template, parent *x509.Certificate, signer *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("generating a key: %w", err)
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)); err != nil {
		return nil, nil, fmt.Errorf("choosing a serial number: %w", err)
	}
	template.NotBefore = time.Now().Add(-backdate)
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		return nil, nil, fmt.Errorf("signing a certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, nil, fmt.Errorf("reading back a certificate: %w", err)
	}
	return cert, key, nil
}
