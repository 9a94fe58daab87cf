package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestSystemdIsTold that a gateway takes calls, when it does, and that it stops.
func TestSystemdIsTold(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"pki", "init", "--dir", dir + "/ca"}, {"pki", "server", "--dir", dir + "/ca", "--host", "localhost", "--out", dir + "/server"}} {
		check(t, runIn(t.Context(), io.Discard, io.Discard, args...))
	}
	config := filepath.Join(dir, "sluis.yaml")
	check(t, os.WriteFile(config, []byte(`dir: sluis
api: {listen: "127.0.0.1:0", publicURL: "https://sluis.example", certFile: server/server.crt, keyFile: server/server.key, clientAnchorsFile: ca/root.crt}
admin: {listen: "127.0.0.1:0"}
cards: {anchorsFile: ca/root.crt}
`), 0o600))
	for name, address := range map[string]string{"a file": filepath.Join(shortDir(t), "notify"), "an abstract name": fmt.Sprintf("@sluis-test-%d", os.Getpid())} {
		t.Run(name, func(t *testing.T) {
			manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: address, Net: "unixgram"})
			check(t, err)
			defer manager.Close()
			check(t, manager.SetReadDeadline(time.Now().Add(2*time.Minute)))
			hear := func() string {
				text := make([]byte, 100)
				n, err := manager.Read(text)
				check(t, err)
				return string(text[:n])
			}
			t.Setenv("NOTIFY_SOCKET", address)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			done := make(chan error, 1)
			go func() { done <- runIn(ctx, io.Discard, io.Discard, "serve", "--config", config) }()
			if said := hear(); said != "READY=1" {
				t.Errorf("at the start it said %q", said)
			}
			if _, err := os.Stat(filepath.Join(dir, "sluis", "adressen.json")); err != nil {
				t.Errorf("it was ready before it listened: %v", err)
			}
			stop()
			if said := hear(); said != "STOPPING=1" {
				t.Errorf("at the end it said %q", said)
			}
			check(t, <-done)
		})
	}
	t.Setenv("NOTIFY_SOCKET", filepath.Join(shortDir(t), "weg"))
	if err := tellSystemd(systemdReady); err == nil {
		t.Error("nobody hears it, and that is no error")
	}
}

// shortDir is a folder for a socket, of which the path may not be long.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sluis")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
