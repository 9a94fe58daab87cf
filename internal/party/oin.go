package party

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// OIN is an organisatie-identificatienummer: 20 positions, of which 8 are a prefix that says which register the number comes
// from (OIN-Stelsel 2.2.2). Test OINs begin with 00000099.
type OIN string

const (
	oinLength   = 20
	prefixOfOIN = 8
)

// ErrOIN says that a text is not an OIN. It never holds the text.
var ErrOIN = errors.New("is geen OIN: 20 tekens, 8 cijfers en daarna cijfers of hoofdletters")

// URN gives `urn:nld:oin:<oin>`, the `iss` of a party-issued token.
func (o OIN) URN() string { return "urn:nld:oin:" + string(o) }

// ParseOIN checks the form: 8 digits of prefix and 12 digits or capitals. Capitals occur where the number of the register has
// them (BRIN, 00000007). Whether the OIN was ever issued, only the OIN register knows. The error is [ErrOIN].
func ParseOIN(s string) (OIN, error) {
	if len(s) != oinLength {
		return "", ErrOIN
	}
	for i := range len(s) {
		digit := '0' <= s[i] && s[i] <= '9'
		capital := 'A' <= s[i] && s[i] <= 'Z'
		if !digit && (!capital || i < prefixOfOIN) {
			return "", ErrOIN
		}
	}
	return OIN(s), nil
}

// serialNumber is the attribute id-at-serialNumber of a subject (X.520, 6.2.9).
var serialNumber = asn1.ObjectIdentifier{2, 5, 4, 5}

// OINOf gives the OIN in a certificate's Subject.serialNumber. A certificate with none or more than one is refused, because
// two programs could read it as two parties. The error wraps [ErrUntrusted].
func OINOf(cert *x509.Certificate) (OIN, error) {
	if cert == nil {
		return "", untrusted("er is geen certificaat")
	}
	var found []string
	for _, attribute := range cert.Subject.Names {
		if attribute.Type.Equal(serialNumber) {
			text, _ := attribute.Value.(string)
			found = append(found, text)
		}
	}
	if len(found) != 1 {
		return "", untrusted("het certificaat moet precies één serialNumber in het subject hebben")
	}
	oin, err := ParseOIN(found[0])
	if err != nil {
		return "", untrusted("het serialNumber in het subject van het certificaat is geen OIN")
	}
	return oin, nil
}

func readOIN(n strictjson.Node, faults *fault.List) OIN {
	text := n.Text(oinLength, faults)
	if text == "" {
		return ""
	}
	oin, err := ParseOIN(text)
	if err != nil {
		faults.Add(n.Place(), "%s", err)
	}
	return oin
}
