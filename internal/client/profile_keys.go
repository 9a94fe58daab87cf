package client

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// readKeys reads the participant's own keys.
func (p *Profile) readKeys(f folder) {
	if data := f.secret(fileKey, "dit is uw ondertekensleutel; zonder deze sleutel is een nieuw profiel nodig"); data != nil {
		key, err := jose.ParsePrivateJWK(bytes.TrimSpace(data))
		if err != nil {
			f.faults.Add(fileKey, "is geen privésleutel in JWK-vorm (P-256)")
		}
		p.key = key
	}
	if data := f.secret(fileAge, "dit is uw leessleutel; zonder deze sleutel is een nieuw profiel nodig"); data != nil {
		p.readIdentities(f, data)
	}
	cert := f.public(fileCert, "vraag het clientcertificaat aan de beheerder van uw organisatie")
	key := f.secret(fileCertKey, "vraag de sleutel bij het clientcertificaat aan de beheerder van uw organisatie")
	if cert != nil && key != nil {
		p.readCertificate(f, cert, key)
	}
	p.readCardKeys(f)
	if data := f.secret(fileSearchKey, ""); data != nil { // optional: not everybody at a party may search
		k, err := message.ParseSearchKey(string(bytes.TrimSpace(data)))
		if err != nil {
			f.faults.Add(fileSearchKey, "is geen zoeksleutel (32 bytes in base64url)")
			return
		}
		p.searchKey = &k
	}
}

func (p *Profile) readIdentities(f folder, data []byte) {
	ids, err := age.ParseIdentities(bytes.NewReader(data))
	if err != nil {
		f.faults.Add(fileAge, "bevat geen age-sleutels zoals age-keygen ze schrijft")
		return
	}
	// The first of each type is the one for a card, which has no more than that; the others are older (see RenewReadingKey).
	var hybrid, classic bool
	for _, id := range ids {
		switch id := id.(type) {
		case *age.HybridIdentity:
			if !hybrid {
				p.recipients = append(p.recipients, id.Recipient().String())
			}
			hybrid = true
		case *age.X25519Identity:
			if !classic {
				p.recipients = append(p.recipients, id.Recipient().String())
			}
			classic = true
		default:
			f.faults.Add(fileAge, "bevat een soort sleutel die Sluis niet gebruikt")
			return
		}
	}
	p.identities = ids
}

func (p *Profile) readCertificate(f folder, cert, key []byte) {
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		f.faults.Add(fileCert, "past niet bij %s, of is geen certificaat in PEM-vorm", fileCertKey)
		return
	}
	if pair.Leaf == nil {
		if pair.Leaf, err = x509.ParseCertificate(pair.Certificate[0]); err != nil {
			f.faults.Add(fileCert, "is geen certificaat in PEM-vorm")
			return
		}
	}
	if oin, err := party.OINOf(pair.Leaf); err != nil || (p.OIN != "" && oin != p.OIN) {
		f.faults.Add(fileCert, "is van een andere organisatie dan het oin in %s", fileSettings)
	}
	p.certificate = pair
}
