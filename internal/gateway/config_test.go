package gateway

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// write makes a folder with the files that a configuration names, and sluis.yaml with a text in which DIR is that folder.
func writeConfig(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"tls.crt", "tls.key", "ankers.pem"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "sluis.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const right = `
dir: data
api:
  certFile: tls.crt
  keyFile: tls.key
  clientAnchorsFile: ankers.pem
cards:
  anchorsFile: ankers.pem
`

func TestConfigIsRead(t *testing.T) {
	file := writeConfig(t, right+"log: {linger: 3ms, queue: 10}\nlimits:\n  requestsPerSecond: 2.5\n")
	c, err := Load(file, []string{"SLUIS_API_LISTEN=127.0.0.1:0", "PATH=/bin", "SLUIS_KILLS=3", "SLUIS_LOG_QUEUE=20"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Dir != filepath.Join(filepath.Dir(file), "data") {
		t.Error("a path is not relative to the file that names it")
	}
	if c.API.Listen != "127.0.0.1:0" || c.Log.Queue != 20 || c.Log.Linger.String() != "3ms" || c.Limits.RequestsPerSecond != 2.5 || c.Limits.Burst != 1000 {
		t.Errorf("got %+v", c)
	}
}

func TestEveryFaultOfAConfigurationAtOnce(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		environ    []string
		want       []string // beginnings of faults
	}{
		{"empty", "", nil, []string{"dir:", "api.certFile:", "api.keyFile:", "api.clientAnchorsFile:", "cards.anchorsFile:"}},
		{"unknown keys", right + "sleutel: x\nlog:\n  lijger: 3ms\n", nil, []string{"regel 9, kolom 1 (sleutel)", "regel 11, kolom 3 (log.lijger)"}},
		{"unknown in the environment", right, []string{"SLUIS_API_LISTN=x"}, []string{"SLUIS_API_LISTN:"}},
		{"twice", right + "dir: other\n", nil, []string{"regel 9, kolom 1: "}},
		{"section twice", right + "cards: {anchorsFile: x}\n", nil, []string{"regel 9, kolom 1: "}},
		{"wrong types", right + "log: {queue: veel, linger: 3}\n", nil, []string{"regel 9, kolom 14 (log.queue)", "regel 9, kolom 28 (log.linger)"}},
		{"list for a value", right + "log: {queue: [1, 2]}\n", nil, []string{"regel 9, kolom 14 (log.queue)"}},
		{"value for a section", right + "log: 3\n", nil, []string{"regel 9, kolom 6 (log)"}},
		{"out of range", right + "log: {queue: 0, linger: 2s}\nlimits: {burst: -1, requestsPerSecond: 0}\n", nil,
			[]string{"regel 9, kolom 17 (log.linger)", "regel 9, kolom 7 (log.queue)", "regel 10, kolom 21 (limits.requestsPerSecond)", "regel 10, kolom 10 (limits.burst)"}},
		{"anchor and alias", right + "log: {queue: &x 3}\nlimits: {burst: *x}\n", nil, []string{"regel 9", "regel 10"}},
		{"open to the world without a name", right, []string{"SLUIS_API_LISTEN=0.0.0.0:8443"}, []string{"api.publicURL:"}},
		{"URL with a path", right, []string{"SLUIS_API_PUBLICURL=https://sluis.example/v1"}, []string{"api.publicURL:"}},
		{"URL without TLS", right, []string{"SLUIS_API_PUBLICURL=http://sluis.example"}, []string{"api.publicURL:"}},
		{"no port", right, []string{"SLUIS_ADMIN_LISTEN=127.0.0.1"}, []string{"admin.listen:"}},
		{"no such file", right, []string{"SLUIS_API_CERTFILE=/nowhere"}, []string{"api.certFile:"}},
		{"day keys in a backup", right, []string{"SLUIS_STORE_DAYKEYSDIR=d/database/x", "SLUIS_DIR=d"}, []string{"store.dayKeysDir:"}},
		{"day keys for the database", right + "store: {dayKeysDir: data/database}\n", nil, []string{"regel 9, kolom 9 (store.dayKeysDir)"}},
		{"no YAML", "a: [", nil, []string{"regel 1"}},
		{"two documents", right + "---\ndir: x\n", nil, []string{""}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Load(writeConfig(t, tc.text), tc.environ)
			var faults fault.List
			if !errors.As(err, &faults) || len(faults) != len(tc.want) {
				t.Fatalf("got %v, want %d faults", err, len(tc.want))
			}
			for i, f := range faults {
				if !strings.HasPrefix(f.String(), tc.want[i]) {
					t.Errorf("fault %d is %q, want %q…", i, f, tc.want[i])
				}
			}
		})
	}
}

func TestKeyThatEverybodyCanReadIsRefused(t *testing.T) {
	file := writeConfig(t, right)
	if err := os.Chmod(filepath.Join(filepath.Dir(file), "tls.key"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file, nil); err == nil || !strings.Contains(err.Error(), "api.keyFile") {
		t.Errorf("got %v", err)
	}
}

// TestPrintedConfigurationIsAConfiguration with the same values, and says where each came from.
func TestPrintedConfigurationIsAConfiguration(t *testing.T) {
	c, err := Load(writeConfig(t, right+"log: {queue: 7}\n"), []string{"SLUIS_LIMITS_BURST=9"})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := c.Print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"queue: 7  # bestand", "burst: 9  # omgeving", "listen: \"127.0.0.1:8081\"  # standaard", "log.key\"  # standaard; geheim", "data/dagsleutels\"  # standaard; geheim"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b.String())
		}
	}
	again := writeConfig(t, b.String())
	d, err := Load(again, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		if s.path != "log.keyFile" && s.path != "store.dayKeysDir" && s.get(&c) != s.get(&d) {
			t.Errorf("%s: %s became %s", s.path, s.get(&c), s.get(&d))
		}
	}
}

func TestOriginHasOneSpelling(t *testing.T) {
	for in, want := range map[string]string{
		"https://Sluis.Example":       "https://sluis.example",
		"https://sluis.example:443":   "https://sluis.example",
		"https://sluis.example:8443/": "https://sluis.example:8443",
	} {
		if got, ok := originOf(in); !ok || got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	for _, wrong := range []string{"", "sluis.example", "https://", "https://a/b", "https://a?b", "https://u@a", "http://a"} {
		if got, ok := originOf(wrong); ok {
			t.Errorf("%s: %s", wrong, got)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(right)
	f.Add("dir: &x [*x]\n")
	f.Add("api:\n  listen: |\n    a\n")
	f.Add("? a\n: b\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := DefaultConfig()
		c.sources = map[string]source{}
		var faults fault.List
		r := configReader{config: &c, base: "/", faults: &faults}
		r.read([]byte(text))
		if slices.ContainsFunc(faults, func(f fault.Fault) bool { return f.Message == "" }) {
			t.Fatal("a fault that says nothing")
		}
	})
}
