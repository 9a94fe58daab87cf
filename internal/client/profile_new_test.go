package client

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// complete makes a profile with everything that a party and an operator hand out.
func complete(t *testing.T) (dir string, public Public) {
	t.Helper()
	dir, public, _ = completeWithLog(t)
	return dir, public
}

// completeWithLog also gives the secret key of the log, to play the gateway with.
func completeWithLog(t *testing.T) (dir string, public Public, logKey string) {
	t.Helper()
	ca, err := pki.NewCA("Test")
	check(t, err)
	issued := t.TempDir()
	check(t, ca.WriteParty(issued, "00000099000000030000", "School"))
	logKey, vkey, err := tlog.GenerateKey("localhost:8443/log")
	check(t, err)
	anchor := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.Root.Raw})
	dir = filepath.Join(t.TempDir(), "vc-1")
	public, err = CreateProfile(dir, NewProfile{
		OIN: "00000099000000030000", Participant: "vc-1", Function: "veiligheidscoordinator", URL: "https://localhost:8443/",
		TLSCert: read(t, issued, "tls.crt"), TLSKey: read(t, issued, "tls.key"),
		CardAnchors: anchor, TLSAnchors: anchor, LogKeys: []byte(vkey + "\n"),
	})
	check(t, err)
	return dir, public, logKey
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	check(t, err)
	return data
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o600))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
