package main

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// trailFolder is a gateway's folder with a trail of three records, and the log's public key.
func trailFolder(t *testing.T) (dir, public string) {
	t.Helper()
	dir = t.TempDir()
	secret, public, err := tlog.GenerateKey("localhost:8443/log")
	check(t, err)
	signer, err := tlog.ParseSigner(secret)
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "log.key"), []byte(secret+"\n"), 0o600))
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FolderName, sqlite.FileName))
	check(t, err)
	log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: "localhost:8443/log", Signer: signer})
	check(t, err)
	for range 3 {
		_, err := log.Commit(context.Background(), audit.Change{Records: []tlog.Record{{Kind: tlog.Consulted}}})
		check(t, err)
	}
	check(t, log.Close())
	check(t, store.Close())
	return dir, public
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sluis(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func TestTrailVerify(t *testing.T) {
	dir, public := trailFolder(t)
	_, other := trailFolder(t)
	file := filepath.Join(t.TempDir(), "log.vkey")
	check(t, os.WriteFile(file, []byte(public+"\n"), 0o600))
	for name, c := range map[string]struct {
		args []string
		code int
		say  string
	}{
		"own key":       {[]string{"--dir", dir}, 0, "log.key"},
		"key given":     {[]string{"--dir", dir, "--sleutel", public}, 0, "regels          3, zonder gaten"},
		"key in a file": {[]string{"--dir", dir, "--sleutel", file}, 0, "Het auditspoor localhost:8443/log klopt."},
		"another key":   {[]string{"--dir", dir, "--sleutel", other}, 1, "klopt NIET: auditregel 0"},
		"no key":        {[]string{"--dir", dir, "--sleutel", "x"}, 2, "geen sleutel"},
		"no folder":     {nil, 2, "--dir"},
		"empty folder":  {[]string{"--dir", t.TempDir(), "--sleutel", public}, 1, "staat geen auditspoor"},
		"no log.key":    {[]string{"--dir", t.TempDir()}, 2, "--sleutel"},
	} {
		code, stdout, stderr := sluis(append([]string{"trail", "verify"}, c.args...)...)
		if code != c.code || !strings.Contains(stdout+stderr, c.say) {
			t.Errorf("%s: code %d\n%s%s", name, code, stdout, stderr)
		}
		if strings.Contains(stdout+stderr, "PRIVATE") {
			t.Errorf("%s: a secret was printed", name)
		}
	}
}

func TestTrailVerifyNamesTheRecord(t *testing.T) {
	dir, _ := trailFolder(t)
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FolderName, sqlite.FileName))
	check(t, err)
	for _, statement := range []string{"DROP TRIGGER hash_no_update", "UPDATE hash SET hash = zeroblob(32) WHERE ix = 1"} {
		_, err := db.Exec(statement)
		check(t, err)
	}
	check(t, db.Close())
	code, stdout, stderr := sluis("trail", "verify", "--dir", dir)
	if code != 1 || stdout != "" || !strings.Contains(stderr, "auditregel 1: ") {
		t.Errorf("code %d\n%s%s", code, stdout, stderr)
	}
}
