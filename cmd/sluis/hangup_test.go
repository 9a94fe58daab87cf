package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/policies"
)

// TestHangup: a gateway process that gets SIGHUP reads its rules again, keeps the old ones when the new are wrong, and is never ended by
// it: not while it starts, and not while it stops.
func TestHangup(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"pki", "init", "--dir", dir + "/ca"}, {"pki", "server", "--dir", dir + "/ca", "--host", "localhost", "--out", dir + "/server"}} {
		if err := runIn(t.Context(), io.Discard, io.Discard, args...); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "regels"), policies.FS); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("sluis.yaml", `dir: sluis
api: {listen: "127.0.0.1:0", certFile: server/server.crt, keyFile: server/server.key, clientAnchorsFile: ca/root.crt}
admin: {listen: "127.0.0.1:0"}
cards: {anchorsFile: ca/root.crt}
policy: {dir: regels}
`)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	process := &exec.Cmd{Path: self, Args: []string{"sluis", "serve", "--config", filepath.Join(dir, "sluis.yaml")}, Stderr: &log}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	defer process.Process.Kill()
	hangup := func() {
		t.Helper()
		if err := process.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "the folder is there", func() bool { _, err := os.Stat(filepath.Join(dir, "sluis", "log.key")); return err == nil })
	hangup() // the rules are not prepared yet
	var addresses struct{ Beheer string }
	eventually(t, "started", func() bool {
		text, err := os.ReadFile(filepath.Join(dir, "sluis", "adressen.json"))
		return err == nil && json.Unmarshal(text, &addresses) == nil
	})
	ready := func() (digest string, warned bool) {
		resp, err := http.Get("http://" + addresses.Beheer + "/readyz")
		if err != nil {
			return "", false
		}
		defer resp.Body.Close()
		var body struct{ Beleid string }
		text, err := io.ReadAll(resp.Body)
		if err != nil || json.Unmarshal(text, &body) != nil {
			t.Fatalf("%s, %v", text, err)
		}
		return body.Beleid, strings.Contains(string(text), "waarschuwing")
	}
	var first string
	eventually(t, "ready", func() bool { first, _ = ready(); return first != "" })
	write("regels/sluis/eigen.rego", "package sluis.eigen\n\nanders := true\n")
	hangup()
	var second string
	eventually(t, "reloaded", func() bool { second, _ = ready(); return second != "" && second != first })
	write("regels/sluis/eigen.rego", "package sluis.eigen\n\nanders := \n")
	hangup()
	eventually(t, "warned", func() bool { _, warned := ready(); return warned })
	if now, _ := ready(); now != second {
		t.Error("rules that do not compile decide")
	}
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		_ = process.Process.Signal(syscall.SIGHUP) // it may be gone already
		time.Sleep(time.Millisecond)
	}
	if err := process.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, &log)
	}
}
