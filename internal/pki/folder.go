package pki

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Names of files in the folder of a CA and in the `partij/` folder of a partijbeheerder.
const (
	RootCertFile    = "root.crt"
	rootKeyFile     = "root.key"
	issuingCertFile = "issuing.crt"
	issuingKeyFile  = "issuing.key"

	cardBase   = "kaart" // kaart.crt, kaart.key: signs cards, convenants, Wpg decisions
	clientBase = "tls"   // tls.crt, tls.key: the TLS client certificate, copied into profiles
)

// Write keeps a CA in a folder, which it makes.
func (ca *CA) Write(dir string) error {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return fmt.Errorf("making the folder of a CA: %w", err)
	}
	root := Identity{Key: ca.rootKey, Chain: []*x509.Certificate{ca.Root}}
	issuing := Identity{Key: ca.issuingKey, Chain: []*x509.Certificate{ca.Issuing}}
	if err := free(dir, issuingCertFile, issuingKeyFile); err != nil {
		return err
	}
	if err := root.write(dir, RootCertFile, rootKeyFile); err != nil {
		return err
	}
	return issuing.write(dir, issuingCertFile, issuingKeyFile)
}

// ReadCA reads what [CA.Write] wrote.
func ReadCA(dir string) (*CA, error) {
	root, err := readIdentity(dir, RootCertFile, rootKeyFile)
	if err != nil {
		return nil, err
	}
	issuing, err := readIdentity(dir, issuingCertFile, issuingKeyFile)
	if err != nil {
		return nil, err
	}
	return &CA{Root: root.Chain[0], rootKey: root.Key, Issuing: issuing.Chain[0], issuingKey: issuing.Key}, nil
}

// WriteIdentity writes <base>.crt (the chain) and <base>.key in a folder, which it makes.
func WriteIdentity(dir, base string, id Identity) error {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return fmt.Errorf("making a folder for %s: %w", base, err)
	}
	return id.write(dir, base+".crt", base+".key")
}

// ReadIdentity reads what [WriteIdentity] wrote. It refuses a key that is not the certificate's.
func ReadIdentity(dir, base string) (Identity, error) {
	return readIdentity(dir, base+".crt", base+".key")
}

// WriteParty issues what a party needs and writes it to its `partij/` folder: kaart.crt and kaart.key to sign cards with,
// tls.crt and tls.key for its software.
func (ca *CA) WriteParty(dir string, oin party.OIN, name string) error {
	card, err := ca.IssueCardSigner(oin, name)
	if err != nil {
		return err
	}
	client, err := ca.IssueClient(oin, name)
	if err != nil {
		return err
	}
	if err := free(dir, clientBase+".crt", clientBase+".key"); err != nil {
		return err
	}
	if err := WriteIdentity(dir, cardBase, card); err != nil {
		return err
	}
	return WriteIdentity(dir, clientBase, client)
}

// ReadCardSigner reads the key and chain that sign cards from a `partij/` folder.
func ReadCardSigner(dir string) (Identity, error) { return ReadIdentity(dir, cardBase) }

// ReadCardKey gives the `kaartsleutel` of a `partij/` folder from its kaart.crt alone: the key itself need not be there. ok is false
// when there is no such file.
func ReadCardKey(dir string) (key digest.SHA256, ok bool, err error) {
	chain, err := ReadCertificates(filepath.Join(dir, cardBase+".crt"))
	if errors.Is(err, fs.ErrNotExist) {
		return digest.SHA256{}, false, nil
	}
	if err != nil {
		return digest.SHA256{}, false, err
	}
	return digest.Of(chain[0].RawSubjectPublicKeyInfo), true, nil
}

// ReadClient reads the TLS client certificate from a `partij/` folder or a profile.
func ReadClient(dir string) (Identity, error) { return ReadIdentity(dir, clientBase) }

// ReadAnchors reads every certificate of every *.pem and *.crt in a folder, such as `ankers/kaarten`; at least one.
func ReadAnchors(dir string) ([]*x509.Certificate, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading trust anchors: %w", err)
	}
	var anchors []*x509.Certificate
	for _, e := range entries {
		if !slices.Contains([]string{".pem", ".crt"}, filepath.Ext(e.Name())) {
			continue
		}
		certs, err := ReadCertificates(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		anchors = append(anchors, certs...)
	}
	if len(anchors) == 0 {
		return nil, fmt.Errorf("%s: geen enkel vertrouwd certificaat (*.pem of *.crt)", dir)
	}
	return anchors, nil
}

// write looks for both files before it writes either, so that a refusal leaves nothing behind.
func (id Identity) write(dir, cert, key string) error {
	if err := free(dir, cert, key); err != nil {
		return err
	}
	if err := WriteKey(filepath.Join(dir, key), id.Key); err != nil {
		return err
	}
	return WriteCertificates(filepath.Join(dir, cert), id.Chain...)
}

// free reports files that are there already, before anything is written.
func free(dir string, names ...string) error {
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return fmt.Errorf("%s: %w", filepath.Join(dir, name), ErrExists)
		}
	}
	return nil
}

func readIdentity(dir, cert, key string) (Identity, error) {
	chain, err := ReadCertificates(filepath.Join(dir, cert))
	if err != nil {
		return Identity{}, err
	}
	private, err := ReadKey(filepath.Join(dir, key))
	if err != nil {
		return Identity{}, err
	}
	if !private.PublicKey.Equal(chain[0].PublicKey) {
		return Identity{}, fmt.Errorf("%s hoort niet bij %s", filepath.Join(dir, key), filepath.Join(dir, cert))
	}
	return Identity{Key: private, Chain: chain}, nil
}
