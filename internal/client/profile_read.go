package client

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// folder reads the files of a profile and notes what is wrong with each.
type folder struct {
	dir    string
	faults *fault.List
}

// maxProfileFile is far above any file that belongs in a profile, in bytes.
const maxProfileFile = 1 << 20

// readableByOthers reports whether group or world have any right. Windows has no such bits; there the folder's access list rules.
func readableByOthers(info os.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

// secret reads a file that only its owner may read.
func (f folder) secret(name, remedy string) []byte { return f.read(name, remedy, true) }

// public reads a file that others may know.
func (f folder) public(name, remedy string) []byte { return f.read(name, remedy, false) }

func (f folder) read(name, remedy string, private bool) []byte {
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if remedy != "" {
			f.faults.Add(name, "ontbreekt; %s", remedy)
		}
		return nil
	case err != nil || !info.Mode().IsRegular() || info.Size() > maxProfileFile:
		f.faults.Add(name, "is niet te lezen")
		return nil
	case private && readableByOthers(info):
		f.faults.Add(name, "anderen mogen dit bestand lezen; voer uit: chmod 600 op het bestand")
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		f.faults.Add(name, "is niet te lezen")
		return nil
	}
	return data
}

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
	for _, id := range ids {
		switch id := id.(type) {
		case *age.HybridIdentity:
			p.recipients = append(p.recipients, id.Recipient().String())
		case *age.X25519Identity:
			p.recipients = append(p.recipients, id.Recipient().String())
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
		p.logKeys = append(p.logKeys, v)
	}
}

// certificates reads every *.pem of a folder of anchors. An empty folder is a fault: it would trust nobody.
func (f folder) certificates(name string) []*x509.Certificate {
	files, err := filepath.Glob(filepath.Join(f.dir, filepath.FromSlash(name), "*.pem"))
	if err != nil || len(files) == 0 {
		f.faults.Add(name, "bevat geen certificaat (*.pem); vraag het aan de beheerder van uw organisatie")
		return nil
	}
	var certs []*x509.Certificate
	for _, file := range files {
		place := name + "/" + filepath.Base(file)
		rest := f.public(place, "is niet te lezen")
		for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
			cert, err := x509.ParseCertificate(block.Bytes)
			if block.Type != "CERTIFICATE" || err != nil {
				f.faults.Add(place, "is geen certificaat in PEM-vorm")
				break
			}
			certs = append(certs, cert)
		}
	}
	return certs
}
