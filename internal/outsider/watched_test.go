package outsider

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// tools are the commands that the example in bash calls.
var tools = []string{"base64", "basenc", "cat", "cmp", "cp", "curl", "cut", "date", "flock", "grep", "head", "jq", "mkdir", "mktemp", "mv",
	"openssl", "rm", "sed", "sort", "stat", "tail", "tr", "xxd"}

// watch gives an environment in which every command that a script calls is written down with its arguments, as anybody on the machine
// sees them in the list of processes. When the test ends, no secret of the profiles may be among them.
// script tells whether one of the programs is a script: then there must be commands.
func watch(t *testing.T, r *gatewaytest.Region, script bool) []string {
	t.Helper()
	dir := t.TempDir()
	log := filepath.Join(dir, "arguments")
	shim := func(name, real string) {
		script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' \"$@\" >>'%s'\nexec '%s' \"$@\"\n", log, real)
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700))
	}
	for _, name := range tools {
		real, err := exec.LookPath(name)
		check(t, err)
		shim(name, real)
	}
	age, err := ageCommand()
	check(t, err)
	shim("age", age)
	t.Cleanup(func() {
		seen, err := os.ReadFile(log)
		if script != (err == nil) {
			t.Errorf("the commands of a script were not written down, or those of another program were: %v", err)
		}
		for _, who := range []string{"school/vc-1", "politie/wa-7"} {
			for _, secret := range secretsOf(t, r.Person(who).Profile) {
				if strings.Contains(string(seen), secret) {
					t.Errorf("a secret of %s stands on a command line", who)
				}
			}
		}
	})
	return []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "AGE=" + filepath.Join(dir, "age")}
}

// secretsOf gives the secrets of a profile in the forms that a script could have them in, and those of the message.
func secretsOf(t *testing.T, profile string) []string {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(profile, name))
		check(t, err)
		return strings.TrimSpace(string(data))
	}
	var jwk struct {
		D string `json:"d"`
	}
	check(t, json.Unmarshal([]byte(read("ondertekening.jwk")), &jwk))
	all := append([]string{"AGE-SECRET-KEY", "Bearer", "Zoë", "999990019"}, jwk.D, read("zoeksleutel"))
	for _, text := range []string{jwk.D, read("zoeksleutel")} {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		check(t, err)
		all = append(all, hex.EncodeToString(raw))
	}
	return all
}
