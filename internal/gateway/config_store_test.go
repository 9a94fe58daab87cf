package gateway

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

func TestDatabaseInAConfiguration(t *testing.T) {
	file := writeConfig(t, right+"store:\n  postgres: postgres://poort@/sluis?host=/run/postgresql\n  passwordFile: tls.key\n  connections: 8\n")
	c, err := Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	access, err := c.Store.gatewayAccess()
	if err != nil || access.URL != "postgres://poort@/sluis?host=/run/postgresql" || access.Password != "x" || access.Connections != 8 {
		t.Errorf("got %+v, %v", access, err)
	}
	var b bytes.Buffer
	if err := c.Print(&b); err != nil || !strings.Contains(b.String(), "tls.key\"  # bestand; geheim") {
		t.Errorf("printed %v:\n%s", err, b.String())
	}
}

func TestFaultsOfADatabase(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string // beginnings of faults
	}{
		{"password in the address", "store: {postgres: 'postgres://poort:geheim@/sluis'}", []string{"regel 9, kolom 9 (store.postgres): bevat een wachtwoord; zet dat in een bestand en noem het in store.passwordFile"}},
		{"not encrypted", "store: {postgres: 'postgres://poort@db.example/sluis'}", []string{"regel 9, kolom 9 (store.postgres): is niet versleuteld"}},
		{"anchors that are not there", "store: {postgres: 'host=db.example sslmode=verify-full sslrootcert=/nergens'}", []string{"regel 9, kolom 9 (store.postgres): noemt een bestand dat er niet is"}},
		{"no address", "store: {postgres: 'sluis op de server'}", []string{"regel 9, kolom 9 (store.postgres): is geen verbinding"}},
		{"password without a database", "store: {passwordFile: tls.key}", []string{"regel 9, kolom 9 (store.passwordFile): hoort bij store.postgres"}},
		{"password that is not there", "store: {postgres: 'host=/run', passwordFile: nergens}", []string{"regel 9, kolom 32 (store.passwordFile): dit bestand is er niet"}},
		{"too few connections", "store: {connections: 1}", []string{"regel 9, kolom 9 (store.connections): moet van 2"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Load(writeConfig(t, right+tc.text+"\n"), nil)
			var faults fault.List
			if !errors.As(err, &faults) || len(faults) != len(tc.want) {
				t.Fatalf("got %v", err)
			}
			for i, f := range faults {
				if !strings.HasPrefix(f.String(), tc.want[i]) || strings.Contains(f.String(), "geheim") {
					t.Errorf("fault %d is %q, want %q…", i, f, tc.want[i])
				}
			}
		})
	}
}

// TestOwnerInAConfiguration: `sluis db` wants the owner and nothing else; a gateway that serves does not look at the owner's password.
func TestOwnerInAConfiguration(t *testing.T) {
	file := writeConfig(t, "store: {owner: 'host=/run user=eigenaar', ownerPasswordFile: tls.key}\n")
	c, err := LoadDatabase(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if access, err := c.Store.ownerAccess(); err != nil || access.URL != "host=/run user=eigenaar" || access.Password != "x" {
		t.Errorf("got %+v, %v", access, err)
	}
	if _, err := Load(writeConfig(t, right+"store: {owner: x, ownerPasswordFile: /nergens}\n"), nil); err != nil {
		t.Errorf("a gateway that serves: %v", err)
	}
	for text, want := range map[string]string{
		"": "store.owner: ontbreekt",
		"store: {owner: 'host=/run password=geheim'}":             "noem het in store.ownerPasswordFile",
		"store: {owner: 'host=/run', ownerPasswordFile: nergens}": "store.ownerPasswordFile",
		"store: {eigenaar: x}":                                    "geen bekende instelling",
	} {
		if _, err := LoadDatabase(writeConfig(t, text+"\n"), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPasswordFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wachtwoord")
	for text, want := range map[string]string{"geheim": "geheim", "geheim\n": "geheim", "met spatie \r\n": "met spatie ", "": "", "\n": "", "een\ntwee\n": "", strings.Repeat("x", 2000): ""} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readPassword(file)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%.20q gives %q, %v", text, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "een") {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
	if got, err := readPassword(""); got != "" || err != nil {
		t.Errorf("no file: %q, %v", got, err)
	}
}
