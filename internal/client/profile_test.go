package client

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

func TestProfileIsReadAsItWasMade(t *testing.T) {
	dir, public := complete(t)
	p, err := LoadProfile(dir)
	check(t, err)
	if p.OIN != "00000099000000030000" || p.Participant != "vc-1" || p.Function != "veiligheidscoordinator" || p.URL != "https://localhost:8443" {
		t.Errorf("settings were not read back: %s %s %s %s", p.OIN, p.Participant, p.Function, p.URL)
	}
	if got := p.Public(); got.Thumbprint != public.Thumbprint || string(got.JWK) != string(public.JWK) || got.Age[0] != public.Age[0] {
		t.Error("the public halves are not those that were given to sign")
	}
	if !p.HasSearchKey() {
		t.Error("no search key was made")
	}
	if _, err := New(p); err != nil {
		t.Error(err)
	}
}

func TestProfileIsForItsOwnerAlone(t *testing.T) {
	dir, _ := complete(t)
	check(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		check(t, err)
		info, err := d.Info()
		check(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return nil
	}))
	if _, err := CreateProfile(dir, NewProfile{OIN: "00000099000000030000", Participant: "vc-1", Function: "f", URL: "https://h"}); err == nil {
		t.Error("a profile was written over another")
	}
}

func TestProfileTellsAllFaultsAtOnce(t *testing.T) {
	settings := func(text string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { write(t, dir, "profiel.yaml", text) }
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { check(t, os.RemoveAll(filepath.Join(dir, name))) }
	}
	mode := func(name string, m os.FileMode) func(*testing.T, string) {
		return func(t *testing.T, dir string) { check(t, os.Chmod(filepath.Join(dir, name), m)) }
	}
	for name, c := range map[string]struct {
		spoil func(*testing.T, string)
		want  []string // parts of faults
	}{
		"folder open":     {mode("", 0o755), []string{"chmod 700"}},
		"keys open":       {func(t *testing.T, d string) { mode("age.txt", 0o644)(t, d); mode("ondertekening.jwk", 0o640)(t, d) }, []string{"age.txt", "ondertekening.jwk", "chmod 600"}},
		"search key open": {mode("zoeksleutel", 0o604), []string{"zoeksleutel"}},
		"files missing": {func(t *testing.T, d string) {
			remove("tls.crt")(t, d)
			remove("log.vkey")(t, d)
			remove("ankers")(t, d)
		}, []string{"tls.crt", "log.vkey", "ankers/kaarten", "ankers/tls"}},
		"no folder":        {remove(""), []string{"sluis profile new"}},
		"unknown setting":  {settings("oin: \"00000099000000030000\"\ndeelnemer: vc-1\nfunctie: f\nurl: https://h\ngeheim: abcdefg\n"), []string{"regel 5", "geen bekend veld"}},
		"settings twice":   {settings("oin: \"00000099000000030000\"\noin: \"00000099000000030000\"\ndeelnemer: vc-1\nfunctie: f\nurl: https://h\n"), []string{"profiel.yaml"}},
		"settings missing": {settings("oin: \"00000099000000030000\"\n"), []string{"deelnemer", "functie", "url"}},
		"oin is a number":  {settings("oin: 99000000030000\ndeelnemer: vc-1\nfunctie: f\nurl: https://h\n"), []string{"aanhalingstekens", "OIN"}},
		"url without TLS":  {settings("oin: \"00000099000000030000\"\ndeelnemer: vc-1\nfunctie: f\nurl: http://h\n"), []string{"url"}},
		"url with a path":  {settings("oin: \"00000099000000030000\"\ndeelnemer: vc-1\nfunctie: f\nurl: https://h/v1\n"), []string{"url"}},
		"another party's":  {settings("oin: \"00000099000000040000\"\ndeelnemer: vc-1\nfunctie: f\nurl: https://h\n"), []string{"tls.crt"}},
		"no YAML":          {settings("{{{"), []string{"YAML"}},
		"broken keys": {func(t *testing.T, d string) {
			write(t, d, "age.txt", "AGE-SECRET-KEY-1ZZZ")
			write(t, d, "ondertekening.jwk", "{}")
		}, []string{"age.txt", "ondertekening.jwk"}},
		"broken search key":   {func(t *testing.T, d string) { write(t, d, "zoeksleutel", "kort") }, []string{"zoeksleutel"}},
		"anchor is not a PEM": {func(t *testing.T, d string) { write(t, d, "ankers/tls/anker.pem", "x") }, []string{"ankers/tls/anker.pem"}},
		"log key is not one":  {func(t *testing.T, d string) { write(t, d, "log.vkey", "x\n") }, []string{"log.vkey, regel 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := complete(t)
			c.spoil(t, dir)
			_, err := LoadProfile(dir)
			var faults fault.List
			if !errors.As(err, &faults) {
				t.Fatalf("want faults, got %v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("nothing about %q in: %v", want, err)
				}
			}
			for _, secret := range []string{"AGE-SECRET-KEY", "abcdefg", "kort"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("a value stands in: %v", err)
				}
			}
		})
	}
}

func TestClientWantsAKeyForTheLogOfItsGateway(t *testing.T) {
	dir, _ := complete(t)
	write(t, dir, "profiel.yaml", "oin: \"00000099000000030000\"\ndeelnemer: vc-1\nfunctie: f\nurl: https://elders\n")
	p, err := LoadProfile(dir)
	check(t, err)
	if _, err := New(p); err == nil || !strings.Contains(err.Error(), "elders/log") {
		t.Errorf("a client was made without a key for its log: %v", err)
	}
}
