package pki_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/pki"
)

func TestFolderRoundTrip(t *testing.T) {
	dir := t.TempDir()
	ca := newCA(t)
	check(t, ca.Write(filepath.Join(dir, "ca")))
	again, err := pki.ReadCA(filepath.Join(dir, "ca"))
	check(t, err)
	if !again.Root.Equal(ca.Root) || !again.Issuing.Equal(ca.Issuing) {
		t.Error("another CA came back")
	}
	check(t, again.WriteParty(filepath.Join(dir, "partij"), oin, "Voorbeeldcollege"))
	card, err := pki.ReadCardSigner(filepath.Join(dir, "partij"))
	check(t, err)
	client, err := pki.ReadClient(filepath.Join(dir, "partij"))
	check(t, err)
	if card.Key.Equal(client.Key) {
		t.Error("the software got the key that signs cards")
	}
	if len(card.Chain) != 2 || card.Chain[0].CheckSignatureFrom(ca.Issuing) != nil {
		t.Error("the chain did not come back, or is not by this CA")
	}
	anchors, err := pki.ReadAnchors(filepath.Join(dir, "ca"))
	check(t, err)
	if len(anchors) != 2 {
		t.Errorf("%d anchors", len(anchors))
	}
}

func TestPermissions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ca")
	check(t, newCA(t).Write(dir))
	for name, want := range map[string]os.FileMode{".": 0o700, "root.key": 0o600, "issuing.key": 0o600, "root.crt": 0o644, "issuing.crt": 0o644} {
		info, err := os.Stat(filepath.Join(dir, name))
		check(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o", name, got)
		}
	}
}

// Whatever is there stays as it is, and a refusal leaves nothing new behind.
func TestNothingIsOverwritten(t *testing.T) {
	for _, there := range []string{"kaart.crt", "kaart.key", "tls.crt", "tls.key"} {
		dir := t.TempDir()
		path := filepath.Join(dir, there)
		check(t, os.WriteFile(path, []byte("oud"), 0o600))
		if err := newCA(t).WriteParty(dir, oin, "X"); !errors.Is(err, pki.ErrExists) {
			t.Errorf("%s: %v", there, err)
		}
		data, err := os.ReadFile(path)
		check(t, err)
		entries, err := os.ReadDir(dir)
		check(t, err)
		if string(data) != "oud" || len(entries) != 1 {
			t.Errorf("%s: changed, or one of %d files", there, len(entries))
		}
	}
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "issuing.key"), []byte("oud"), 0o600))
	if err := newCA(t).Write(dir); !errors.Is(err, pki.ErrExists) {
		t.Errorf("a CA over another: %v", err)
	}
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	ca := newCA(t)
	check(t, ca.WriteParty(dir, oin, "X"))
	key, err := os.ReadFile(filepath.Join(dir, "kaart.key"))
	check(t, err)
	write := func(name string, data []byte, mode os.FileMode) {
		check(t, os.WriteFile(filepath.Join(dir, name), data, mode))
		check(t, os.Chmod(filepath.Join(dir, name), mode))
	}
	write("open.key", key, 0o640)
	write("text.key", []byte("geen sleutel"), 0o600)
	write("leeg.crt", nil, 0o644)
	write("sleutel.crt", key, 0o644)
	cert, err := os.ReadFile(filepath.Join(dir, "kaart.crt"))
	check(t, err)
	write("anders.crt", []byte(strings.ReplaceAll(string(cert), "CERTIFICATE", "TRUSTED CERTIFICATE")), 0o644)
	cases := map[string]func() error{
		"a key that others can read":    func() error { _, err := pki.ReadKey(filepath.Join(dir, "open.key")); return err },
		"a key that is no PEM":          func() error { _, err := pki.ReadKey(filepath.Join(dir, "text.key")); return err },
		"a certificate for a key":       func() error { return readCertAsKey(t, dir) },
		"no key":                        func() error { _, err := pki.ReadKey(filepath.Join(dir, "geen.key")); return err },
		"an empty file of certificates": func() error { _, err := pki.ReadCertificates(filepath.Join(dir, "leeg.crt")); return err },
		"a key among the certificates":  func() error { _, err := pki.ReadCertificates(filepath.Join(dir, "sleutel.crt")); return err },
		"another kind of block":         func() error { _, err := pki.ReadCertificates(filepath.Join(dir, "anders.crt")); return err },
		"a folder without anchors":      func() error { _, err := pki.ReadAnchors(t.TempDir()); return err },
		"no folder":                     func() error { _, err := pki.ReadCA(filepath.Join(dir, "nergens")); return err },
	}
	for name, read := range cases {
		err := read()
		if err == nil {
			t.Errorf("%s: read", name)
			continue
		}
		if secret := strings.Split(string(key), "\n")[1]; strings.Contains(err.Error(), secret[:20]) {
			t.Errorf("%s: the error holds the key", name)
		}
	}
	check(t, os.Rename(filepath.Join(dir, "tls.key"), filepath.Join(dir, "kaart.key")))
	if _, err := pki.ReadCardSigner(dir); err == nil {
		t.Error("read a key that is not the certificate's")
	}
}

func readCertAsKey(t *testing.T, dir string) error {
	t.Helper()
	cert, err := os.ReadFile(filepath.Join(dir, "kaart.crt"))
	check(t, err)
	path := filepath.Join(dir, "cert.key")
	check(t, os.WriteFile(path, cert, 0o600))
	_, err = pki.ReadKey(path)
	return err
}

func FuzzParseCertificates(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, data []byte) {
		if certs, err := pki.ParseCertificates(data); err == nil && len(certs) == 0 {
			t.Error("no certificate and no error")
		}
	})
}

func TestReadCardKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "partij")
	if _, ok, err := pki.ReadCardKey(dir); ok || err != nil {
		t.Errorf("no folder: %v, %v", ok, err)
	}
	ca, err := pki.NewCA("test")
	if err != nil {
		t.Fatal(err)
	}
	if err := ca.WriteParty(dir, "00000099000000030000", "School"); err != nil {
		t.Fatal(err)
	}
	signer, err := pki.ReadCardSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	if key, ok, err := pki.ReadCardKey(dir); err != nil || !ok || key != digest.Of(signer.Chain[0].RawSubjectPublicKeyInfo) {
		t.Errorf("got %v, %v, %v", key, ok, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "kaart.crt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := pki.ReadCardKey(dir); err == nil {
		t.Error("a file that is no certificate gave a key")
	}
}
