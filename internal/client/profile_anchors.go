package client

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/party"
)

// readAnchors reads what the participant trusts: who may issue certificates, and the key of the log.
func (p *Profile) readAnchors(f folder) {
	p.cardAnchors = party.NewAnchors(f.certificates(dirCardAnchors))
	p.tlsAnchors = x509.NewCertPool()
	for _, c := range f.certificates(dirTLSAnchors) {
		p.tlsAnchors.AddCert(c)
	}
	for i, line := range strings.Split(string(f.public(fileLogKeys, "vraag de sleutel van het auditspoor aan de beheerder van de sluis")), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		v, err := note.NewVerifier(line)
		if err != nil {
			f.faults.Add(fmt.Sprintf("%s, regel %d", fileLogKeys, i+1), "is geen sleutel van een auditspoor (vkey)")
			continue
		}
		p.logKeys, p.logVkeys = append(p.logKeys, v), append(p.logVkeys, line)
	}
}

// certificates reads every *.pem of a folder of anchors. An empty folder is a fault: it would trust nobody.
func (f folder) certificates(name string) []*x509.Certificate {
	entries, err := os.ReadDir(filepath.Join(f.dir, filepath.FromSlash(name))) // no Glob: the folder may have a [ in its name
	files := slices.DeleteFunc(entries, func(e os.DirEntry) bool { return filepath.Ext(e.Name()) != ".pem" })
	if err != nil || len(files) == 0 {
		f.faults.Add(name, "bevat geen certificaat (*.pem); vraag het aan de beheerder van uw organisatie")
		return nil
	}
	var certs []*x509.Certificate
	for _, file := range files {
		place := name + "/" + file.Name()
		data := f.public(place, "vraag het certificaat opnieuw")
		if data == nil {
			continue
		}
		found, ok := parseCertificates(data)
		if !ok {
			f.faults.Add(place, "bevat iets anders dan certificaten in PEM-vorm")
		}
		certs = append(certs, found...)
	}
	return certs
}

// parseCertificates reads PEM; ok is false when something else stands in it, or nothing.
func parseCertificates(data []byte) (certs []*x509.Certificate, ok bool) {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil || block.Type != "CERTIFICATE" {
			return certs, false
		}
		certs = append(certs, cert)
	}
	return certs, len(certs) > 0
}
