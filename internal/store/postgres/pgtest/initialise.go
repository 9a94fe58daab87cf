package pgtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const superuser = "postgres"

// configuration is what differs from a server as it comes. Nothing in it makes a commit less durable.
const configuration = `
listen_addresses = ''
unix_socket_permissions = 0700
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 200
log_line_prefix = '%m [%p] %u@%d '
timezone = 'UTC'
lc_messages = 'C'
`

// admission is pg_hba.conf: whoever runs the test may be the administrator, everybody else needs a password, here and in a replication
// connection, and encryption over TCP. A real operator writes "hostssl" and the addresses of the gateways.
const admission = `
local all         postgres peer map=tests
local replication postgres peer map=tests
local all         all      scram-sha-256
local replication all      scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
`

// initialise makes the data folder.
func (c *Cluster) initialise(tb testing.TB) {
	tb.Helper()
	// What initdb itself writes needs no sync: only what is committed later must outlive a crash, of a server and not of this machine.
	out, err := c.Command("initdb", "-D", c.Data(), "-U", superuser, "--auth=reject", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		tb.Fatalf("making a cluster: %v\n%s", err, out)
	}
	c.write(tb, "data/pg_hba.conf", admission)
	c.write(tb, "data/pg_ident.conf", fmt.Sprintf("tests %s %s\ntests postgres %s\n", c.account.name, superuser, superuser))
	c.write(tb, "passwords", passwords())
	if c.proof != nil {
		c.write(tb, "data/server.crt", string(c.proof.chain))
		c.write(tb, "data/server.key", string(c.proof.key))
	}
	c.configure(tb)
}

// configure writes what differs into a file of its own, so that it can be written again.
func (c *Cluster) configure(tb testing.TB) {
	tb.Helper()
	c.write(tb, "data/postgresql.auto.conf", configuration+fmt.Sprintf("unix_socket_directories = '%s'\n", c.dir)+strings.Join(c.settings, "\n")+"\n")
}

// write writes a file of the cluster that its user can read and nobody else.
func (c *Cluster) write(tb testing.TB, name, text string) {
	tb.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	if err := c.account.own(path); err != nil {
		tb.Fatal(err)
	}
}

// PassFile holds the passwords of the three roles, in PostgreSQL's own form.
func (c *Cluster) PassFile() string { return filepath.Join(c.dir, "passwords") }
