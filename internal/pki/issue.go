package pki

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// IssueCardSigner makes the certificate with which a party signs its card, convenants and Wpg decisions: for signing only,
// with no use in TLS.
func (ca *CA) IssueCardSigner(oin party.OIN, name string) (Identity, error) {
	return ca.party(oin, name, nil)
}

// IssueClient makes the TLS client certificate of a party's software.
func (ca *CA) IssueClient(oin party.OIN, name string) (Identity, error) {
	return ca.party(oin, name, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth})
}

// IssueServer makes a TLS server certificate for one or more host names and IP addresses.
func (ca *CA) IssueServer(hosts ...string) (Identity, error) {
	if len(hosts) == 0 {
		return Identity{}, errors.New("issuing a server certificate: no host named")
	}
	template := leafTemplate(pkix.Name{Country: []string{"NL"}, CommonName: hosts[0]})
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
			continue
		}
		template.DNSNames = append(template.DNSNames, host)
	}
	id, err := ca.leaf(template)
	if err != nil {
		return Identity{}, fmt.Errorf("issuing a server certificate: %w", err)
	}
	return id, nil
}

// party issues with the subject that OIN-Stelsel prescribes: the OIN in serialNumber, the legal holder in organizationName.
func (ca *CA) party(oin party.OIN, name string, usage []x509.ExtKeyUsage) (Identity, error) {
	if _, err := party.ParseOIN(string(oin)); err != nil {
		return Identity{}, fmt.Errorf("issuing a party's certificate: %w", err)
	}
	if name == "" {
		return Identity{}, errors.New("issuing a party's certificate: no name of the organisation")
	}
	template := leafTemplate(pkix.Name{
		Country: []string{"NL"}, Organization: []string{name}, CommonName: name, SerialNumber: string(oin),
	})
	template.ExtKeyUsage = usage
	id, err := ca.leaf(template)
	if err != nil {
		return Identity{}, fmt.Errorf("issuing the certificate of party %s: %w", oin, err)
	}
	return id, nil
}

func leafTemplate(subject pkix.Name) *x509.Certificate {
	return &x509.Certificate{
		Subject:               subject,
		NotAfter:              time.Now().Add(leafLife),
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature,
	}
}

// TLS gives the identity in the form that crypto/tls takes.
func (id Identity) TLS() tls.Certificate {
	c := tls.Certificate{PrivateKey: id.Key, Leaf: id.Chain[0]}
	for _, cert := range id.Chain {
		c.Certificate = append(c.Certificate, cert.Raw)
	}
	return c
}
