package client

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Profile is a participant's folder, read and checked (WIRE, "Profile"). It holds private keys: it must not be printed.
type Profile struct {
	Dir         string
	OIN         party.OIN
	Participant string              // deelnemer
	Function    vocabulary.Function // functie
	URL         string              // public origin of the gateway: https://host[:port]

	key         *ecdsa.PrivateKey // ondertekening.jwk
	identities  []age.Identity    // age.txt
	recipients  []string          // public halves of identities
	certificate tls.Certificate   // tls.crt and tls.key
	cardAnchors *party.Anchors    // ankers/kaarten
	tlsAnchors  *x509.CertPool    // ankers/tls
	logKeys     []note.Verifier   // log.vkey
	logVkeys    []string          // the same, as they are written
	searchKey   *message.SearchKey
	cardKeys    []digest.SHA256 // kaartsleutel: who may speak for the own party; nil when the profile does not say
}

// The files of a profile.
const (
	fileSettings   = "profiel.yaml"
	fileKey        = "ondertekening.jwk"
	fileAge        = "age.txt"
	filePublicKey  = "ondertekening.pub.jwk" // the public halves, to hand to who signs the card
	filePublicAge  = "age.pub.txt"
	fileCert       = "tls.crt"
	fileCertKey    = "tls.key"
	fileSearchKey  = "zoeksleutel"
	fileLogKeys    = "log.vkey"
	dirCardAnchors = "ankers/kaarten"
	dirTLSAnchors  = "ankers/tls"
	dirCards       = "kaarten"
	fileCheckpoint = "controlepunt"
	dirPending     = "onderweg" // a folder for each message that was handed over without a receipt yet, sealed
	fileLock       = ".slot"    // empty; held while controlepunt or kaarten/ is written
)

// LoadProfile reads a profile folder. The error is a fault.List (Dutch) that names every file that is missing or wrong, and
// every file that somebody else than its owner may read; it never holds content of a file.
func LoadProfile(dir string) (*Profile, error) {
	var faults fault.List
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		faults.Add(dir, "deze map bestaat niet; maak een profiel met: sluis profile new")
	case err != nil:
		faults.Add(dir, "deze map is niet te lezen")
	case !info.IsDir():
		faults.Add(dir, "is geen map; geef de map van een profiel")
	case readableByOthers(info):
		faults.Add(dir, "anderen mogen in deze map kijken; voer uit: chmod 700 op de map")
	}
	if len(faults) > 0 {
		return nil, faults
	}
	p := &Profile{Dir: dir}
	f := folder{dir: dir, faults: &faults}
	p.readSettings(f)
	p.readKeys(f)
	p.readAnchors(f)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

// Public gives what others may know of the profile: what the party's beheerder puts on the card.
func (p *Profile) Public() Public {
	return publicOf(p.OIN, p.Participant, &p.key.PublicKey, p.recipients)
}

// Certificate gives the party's client certificate.
func (p *Profile) Certificate() *x509.Certificate { return p.certificate.Leaf }

// HasSearchKey reports whether the profile can make tags of persons.
func (p *Profile) HasSearchKey() bool { return p.searchKey != nil }

// origin checks the address of the gateway and gives it back without a slash at its end.
func origin(text string) (string, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	if u.Path != "" && u.Path != "/" {
		return "", false
	}
	return "https://" + u.Host, true
}

func (p *Profile) path(name string) string { return filepath.Join(p.Dir, filepath.FromSlash(name)) }
