package client

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// NewProfile is what a profile is made from. OIN, Participant, Function and URL are required; the rest may be put in the folder
// later, by whoever hands it out, under the names that WIRE gives.
type NewProfile struct {
	OIN         party.OIN
	Participant string
	Function    vocabulary.Function
	URL         string

	TLSCert, TLSKey []byte             // PEM, of the party
	CardAnchors     []byte             // PEM certificates, for ankers/kaarten
	TLSAnchors      []byte             // PEM certificates, for ankers/tls
	LogKeys         []byte             // one vkey a line
	CardKeys        []digest.SHA256    // of the party: `kaartsleutel`; nil leaves out the check (see fileCardKeys)
	SearchKey       *message.SearchKey // of the party, the same for all its people; nil makes a new one
}

// Public is what others may know of a participant: its names and the public halves of its keys.
type Public struct {
	OIN         party.OIN
	Participant string
	JWK         []byte   // public, canonical
	Thumbprint  string   // RFC 7638 of JWK: the kid
	Age         []string // recipients
}

func publicOf(oin party.OIN, id string, key *ecdsa.PublicKey, recipients []string) Public {
	jwk, err := jose.MarshalPublicJWK(key)
	if err != nil {
		jwk = nil // a P-256 key that was parsed or made always has a JWK
	}
	return Public{OIN: oin, Participant: id, JWK: jwk, Thumbprint: jose.Thumbprint(key), Age: recipients}
}

// CreateProfile makes a profile folder with new keys and gives the public halves, for the party's beheerder to sign on a card.
// It never writes into a folder that already holds something.
func CreateProfile(dir string, n NewProfile) (Public, error) {
	url, err := n.check(dir)
	if err != nil {
		return Public{}, err
	}
	key, err := jose.GenerateKey()
	if err != nil {
		return Public{}, fmt.Errorf("making a signing key: %w", err)
	}
	jwk, err := jose.MarshalPrivateJWK(key)
	if err != nil {
		return Public{}, fmt.Errorf("encoding a signing key: %w", err)
	}
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		return Public{}, fmt.Errorf("making an age key: %w", err)
	}
	search := n.SearchKey
	if search == nil {
		k := message.NewSearchKey()
		search = &k
	}
	public := publicOf(n.OIN, n.Participant, &key.PublicKey, []string{identity.Recipient().String()})
	files := map[string][]byte{
		fileSettings: []byte(fmt.Sprintf("oin: %q\ndeelnemer: %q\nfunctie: %q\nurl: %q\n", n.OIN, n.Participant, n.Function, url)),
		fileKey:      append(jwk, '\n'),
		fileAge:      []byte("# public key: " + identity.Recipient().String() + "\n" + identity.String() + "\n"),

		filePublicKey:                 append(bytes.Clone(public.JWK), '\n'),
		filePublicAge:                 []byte(identity.Recipient().String() + "\n"),
		fileSearchKey:                 []byte(search.String() + "\n"),
		fileCert:                      n.TLSCert,
		fileCertKey:                   n.TLSKey,
		fileLogKeys:                   n.LogKeys,
		fileCardKeys:                  cardKeyLines(n.CardKeys),
		dirCardAnchors + "/anker.pem": n.CardAnchors,
		dirTLSAnchors + "/anker.pem":  n.TLSAnchors,
	}
	if err := writeProfile(dir, files); err != nil {
		return Public{}, err
	}
	return public, nil
}

// check gives the address of the gateway, or every fault.
func (n NewProfile) check(dir string) (string, error) {
	var faults fault.List
	if _, err := party.ParseOIN(string(n.OIN)); err != nil {
		faults.Add("oin", "is geen OIN van 20 tekens")
	}
	if !validID(n.Participant) {
		faults.Add("deelnemer", "mag alleen kleine letters, cijfers en streepjes bevatten, hoogstens 64")
	}
	if !validID(string(n.Function)) {
		faults.Add("functie", "is geen functie")
	}
	url, ok := origin(n.URL)
	if !ok {
		faults.Add("url", "moet het adres van de sluis zijn, zoals https://sluis.voorbeeld.nl")
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		faults.Add("profiel", "deze map is niet leeg; kies een andere map, zodat er geen sleutels verloren gaan")
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		faults.Add("profiel", "deze map is niet te lezen")
	}
	return url, faults.Err()
}

// writeProfile writes the files that have content, each 0600 in a folder of 0700. The folder is closed to others before anything is in
// it, and no file may be there: if somebody put a link in the folder while it was open, a key would be written where it leads.
func writeProfile(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the profile folder: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { // it may have been there, empty and open
		return fmt.Errorf("closing the profile folder to others: %w", err)
	}
	if there, err := os.ReadDir(dir); err != nil || len(there) > 0 {
		return fmt.Errorf("making the profile folder: something came into it (%w)", errors.Join(err, fs.ErrExist))
	}
	for _, sub := range []string{dirCardAnchors, dirTLSAnchors, dirCards} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(sub)), 0o700); err != nil {
			return fmt.Errorf("making the profile folder: %w", err)
		}
	}
	for name, data := range files {
		if strings.TrimSpace(string(data)) == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o600); err != nil {
			return fmt.Errorf("writing %s of a profile: %w", name, err)
		}
	}
	return nil
}
