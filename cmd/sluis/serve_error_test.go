package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhyAGatewayDoesNotStart: what an operator can put right is said in Dutch, with what to do.
func TestWhyAGatewayDoesNotStart(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"pki", "init", "--dir", dir + "/ca"}, {"pki", "server", "--dir", dir + "/ca", "--host", "localhost", "--out", dir + "/server"}} {
		check(t, runIn(t.Context(), io.Discard, io.Discard, args...))
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer taken.Close()
	serve := func(ctx context.Context, folder, listen, public string) error {
		file := filepath.Join(dir, folder+".yaml")
		check(t, os.WriteFile(file, fmt.Appendf(nil, `dir: %s
api: {listen: "%s", publicURL: "https://%s", certFile: server/server.crt, keyFile: server/server.key, clientAnchorsFile: ca/root.crt}
admin: {listen: "127.0.0.1:0"}
cards: {anchorsFile: ca/root.crt}
`, folder, listen, public), 0o600))
		return runIn(ctx, io.Discard, io.Discard, "serve", "--config", file)
	}
	// Two logs of one name, each with a key of its own.
	for _, folder := range []string{"een", "twee"} {
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- serve(ctx, folder, "127.0.0.1:0", "sluis.example") }()
		eventually(t, "started", func() bool { _, err := os.Stat(filepath.Join(dir, folder, "adressen.json")); return err == nil })
		stop()
		check(t, <-done)
	}
	key := filepath.Join(dir, "een", "log.key")
	other, err := os.ReadFile(filepath.Join(dir, "twee", "log.key"))
	check(t, err)
	for _, c := range []struct {
		name, listen, public, say string
		before                    func() error
	}{
		{"the address is taken", taken.Addr().String(), "sluis.example", "is al in gebruik", func() error { return nil }},
		{"an address of another machine", "192.0.2.1:8443", "sluis.example", "niet van deze machine", func() error { return nil }},
		{"another name", "127.0.0.1:0", "anders.example", "api.publicURL", func() error { return nil }},
		{"another key", "127.0.0.1:0", "sluis.example", "andere sleutel", func() error {
			return errors.Join(os.WriteFile(key, other, 0o600), os.Remove(filepath.Join(dir, "een", "controlepunt")))
		}},
		{"no key", "127.0.0.1:0", "sluis.example", "zet de reservekopie terug", func() error { return os.Remove(key) }},
	} {
		check(t, c.before())
		if err := serve(t.Context(), "een", c.listen, c.public); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
