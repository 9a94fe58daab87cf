package jose

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/base64"
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

const (
	algorithm      = "ES256"
	maxChain       = 4        // certificates in x5c, the root left out
	maxCertBytes   = 8 << 10  // one certificate in base64
	maxHeaderBytes = 40 << 10 // a header with four certificates of the longest kind
	kidLength      = 43       // SHA-256 in base64url without padding
)

// certified reports whether objects of this typ carry x5c instead of kid (WIRE, "JWS").
func (t Typ) certified() bool {
	return t == PartyCard || t == ConvenantSigned || t == WpgDecision
}

// maxBytes is the longest compact form of this typ.
func (t Typ) maxBytes() int {
	switch {
	case t.certified():
		return MaxCertifiedBytes
	case t == Token:
		return MaxTokenBytes
	}
	return MaxCompactBytes
}

// readHeader reads a protected header that must hold exactly alg, typ and kid, or alg, typ and x5c. Everything that could
// steer verification elsewhere (jwk, jku, x5u, crit, b64, zip) is an unknown key and so a fault; the algorithm is compared,
// never used (RFC 8725, 3.1).
func readHeader(data []byte, want Typ, faults *fault.List) (kid string, chain []*x509.Certificate) {
	var own fault.List
	o := strictjson.Parse(data, strictjson.Limits{Bytes: maxHeaderBytes, Depth: 2}, &own).Object(&own)
	if alg := o.Text("alg", 16); alg != "" && alg != algorithm {
		own.Add("alg", "moet %s zijn", algorithm)
	}
	if typ := o.Text("typ", 64); typ != "" && typ != string(want) {
		own.Add("typ", "moet %s zijn", want)
	}
	if want.certified() {
		chain = readChain(o.Array("x5c", 1, maxChain), &own)
	} else {
		kid = o.Text("kid", kidLength)
		if kid != "" && !isThumbprint(kid) {
			own.Add("kid", "moet een RFC 7638-vingerafdruk zijn: 43 tekens base64url")
		}
	}
	o.End()
	for _, f := range own {
		f.Place = strings.TrimSuffix("header."+f.Place, ".")
		*faults = append(*faults, f)
	}
	return kid, chain
}

// readChain reads x5c: "Each string in the array is a base64-encoded (not base64url-encoded) DER PKIX certificate value.
// The PKIX certificate containing the public key corresponding to the key used to digitally sign the JWS MUST be the
// first certificate" (RFC 7515, 4.1.6).
func readChain(nodes []strictjson.Node, faults *fault.List) []*x509.Certificate {
	chain := make([]*x509.Certificate, 0, len(nodes))
	for i, n := range nodes {
		text := n.Text(maxCertBytes, faults)
		if text == "" {
			continue
		}
		cert, ok := parseCertificate(text)
		if !ok {
			faults.Add(n.Place(), "is geen X.509-certificaat in base64 (DER)")
			continue
		}
		if i == 0 && leafKey(cert) == nil {
			faults.Add(n.Place(), "heeft geen P-256-sleutel; %s kan niet met een ander soort sleutel", algorithm)
		}
		chain = append(chain, cert)
	}
	return chain
}

func parseCertificate(text string) (*x509.Certificate, bool) {
	if strings.ContainsAny(text, "\r\n") { // encoding/base64 skips these; two texts must not be one certificate
		return nil, false
	}
	der, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, false
	}
	cert, err := x509.ParseCertificate(der)
	return cert, err == nil
}

// leafKey gives the P-256 key of a certificate, or nil when it has another kind.
func leafKey(cert *x509.Certificate) *ecdsa.PublicKey {
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil
	}
	return key
}

func isThumbprint(kid string) bool {
	raw, ok := decode(kid)
	return ok && len(raw) == 32
}
