package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

const oldest = 15 // the first major version that Sluis works with

// binaries gives the folder with the newest server on this machine.
func binaries(tb testing.TB) string {
	tb.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // Debian's place; the pattern is right
	best, version := "", 0
	for _, path := range found {
		bin := filepath.Dir(path)
		if n, err := strconv.Atoi(filepath.Base(filepath.Dir(bin))); err == nil && n > version {
			best, version = bin, n
		}
	}
	if version < oldest {
		tb.Fatalf("there is no PostgreSQL %d or later on this machine: run make deps", oldest)
	}
	return best
}

// Command gives a program of PostgreSQL (pg_dump, psql, pg_basebackup), to be run as the user that the server runs as.
func (c *Cluster) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "HOME="+c.dir, "LC_ALL=C.UTF-8", "PGHOST="+c.dir, "PGPASSFILE="+c.PassFile(), "PGUSER="+superuser)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.account.credential, Setpgid: true}
	return cmd
}

// account is whom the server runs as: PostgreSQL refuses root.
type account struct {
	credential *syscall.Credential // nil: as whoever runs the test
	name       string              // of whoever runs the test
}

func accountForServer(tb testing.TB) account {
	tb.Helper()
	me, err := user.Current()
	if err != nil {
		tb.Fatalf("finding out who runs this test: %v", err)
	}
	if os.Geteuid() != 0 {
		return account{name: me.Username}
	}
	other, err := user.Lookup("postgres")
	if err != nil {
		tb.Fatalf("PostgreSQL refuses root, and there is no user postgres to run it as: %v", err)
	}
	uid, err1 := strconv.ParseUint(other.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(other.Gid, 10, 32)
	if err1 != nil || err2 != nil {
		tb.Fatal("the user postgres has no number")
	}
	return account{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, me.Username}
}

// own gives a file or folder to the account.
func (a account) own(path string) error {
	if a.credential == nil {
		return nil
	}
	if err := os.Chown(path, int(a.credential.Uid), int(a.credential.Gid)); err != nil {
		return fmt.Errorf("giving %s to the server's user: %w", filepath.Base(path), err)
	}
	return nil
}
