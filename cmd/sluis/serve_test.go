package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// runIn runs a command in this process until it ends or ctx does.
func runIn(ctx context.Context, stdout, stderr io.Writer, args ...string) error {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return root.ExecuteContext(ctx)
}

// eventually waits until something is so. A minute is more than it takes where the processor and the disk have much else to do.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not %s", what)
		}
	}
}

// TestServe: a gateway starts from its configuration, keeps a second one out of its folder, and stops when told to.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"pki", "init", "--dir", dir + "/ca"}, {"pki", "server", "--dir", dir + "/ca", "--host", "localhost", "--out", dir + "/server"}} {
		if err := runIn(t.Context(), io.Discard, io.Discard, args...); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(dir, "sluis.yaml")
	text := `dir: sluis
api: {listen: "127.0.0.1:0", certFile: server/server.crt, keyFile: server/server.key, clientAnchorsFile: ca/root.crt}
admin: {listen: "127.0.0.1:0"}
cards: {anchorsFile: ca/root.crt}
`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log bytes.Buffer
	done := make(chan error, 1)
	go func() { done <- runIn(ctx, io.Discard, &log, "serve", "--config", config) }()
	eventually(t, "started", func() bool { _, err := os.Stat(filepath.Join(dir, "sluis", "adressen.json")); return err == nil })
	if err := runIn(t.Context(), io.Discard, io.Discard, "serve", "--config", config); err == nil || !strings.Contains(err.Error(), "draait al een sluis") {
		t.Errorf("a second gateway: %v", err)
	}
	for name, want := range map[string]string{"sluis": "drwx------", "sluis/log.key": "-rw-------"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || fmt.Sprint(info.Mode()) != want {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("stopping: %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the gateway does not stop")
	}
	if text := log.String(); !strings.Contains(text, "gateway started") || strings.Contains(text, "PRIVATE") {
		t.Errorf("log: %s", text)
	}
}
