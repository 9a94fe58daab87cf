// Package pgtest makes throw-away clusters of PostgreSQL for tests, from the binaries that the system has: the newest of 15 or later. It
// is for tests only.
//
// It promises: a cluster syncs and commits as one in production does (fsync, full_page_writes and synchronous_commit are on); it
// listens on a unix socket only, in a folder that nobody else enters; its three roles are separate ones that log in with a password, none
// of them a superuser, so that grants are truly tried; and it ends with the test or, however that dies, with the process, and nothing
// of it is left. It must not skip: without binaries the test fails, and says what to install.
package pgtest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Cluster is a running server with its data.
type Cluster struct {
	dir      string // short: the path of a unix socket has at most 107 bytes
	account  account
	bin      string
	shared   bool
	server   *server
	watch    *watcher
	mu       sync.Mutex
	made     int // databases
	settings []string
	proof    *proof // of its name, when it also listens on loopback
}

// Option changes a cluster before it starts.
type Option func(*Cluster)

// Setting adds a line to postgresql.conf, such as "max_wal_senders = 3".
func Setting(line string) Option {
	return func(c *Cluster) { c.settings = append(c.settings, line) }
}

// Start makes a cluster of its own for a test, and ends it with the test.
func Start(tb testing.TB, options ...Option) *Cluster {
	tb.Helper()
	c := prepare(tb, options...)
	tb.Cleanup(func() { c.end(tb) })
	c.initialise(tb)
	c.run(tb)
	c.makeRoles(tb)
	return c
}

var common struct {
	sync.Mutex
	cluster *Cluster
}

// Shared gives the one cluster that the tests of this process share; it ends with the process. Each test asks for a database of its own in it.
// It cannot be stopped or killed, for the sake of the others.
func Shared(tb testing.TB) *Cluster {
	tb.Helper()
	common.Lock()
	defer common.Unlock()
	if common.cluster == nil {
		c := prepare(tb)
		c.shared = true
		c.initialise(tb)
		c.run(tb)
		c.makeRoles(tb)
		common.cluster = c
	}
	return common.cluster
}

// prepare makes the folder, and the watcher that removes it.
func prepare(tb testing.TB, options ...Option) *Cluster {
	tb.Helper()
	c := &Cluster{bin: binaries(tb), account: accountForServer(tb)}
	for _, o := range options {
		o(c)
	}
	dir, err := os.MkdirTemp("/tmp", "sluis-pg-") // not TempDir of the test: its path may be too long for a socket
	if err != nil {
		tb.Fatal(err)
	}
	c.dir = dir
	if c.watch, err = watch(dir); err != nil {
		os.RemoveAll(dir)
		tb.Fatalf("starting what ends a cluster: %v", err)
	}
	if err := c.account.own(dir); err != nil {
		tb.Fatal(err)
	}
	return c
}

// end stops the server at once and removes everything.
func (c *Cluster) end(tb testing.TB) {
	tb.Helper()
	if c.server != nil {
		if tb.Failed() {
			c.showLog(tb)
		}
		c.server.quit()
	}
	c.watch.release()
}

// Dir is the folder of the cluster, with its socket. Data is the folder with its data in it.
func (c *Cluster) Dir() string { return c.dir }

// Data is the folder with the data.
func (c *Cluster) Data() string { return filepath.Join(c.dir, "data") }

// LogFile is what the server tells.
func (c *Cluster) LogFile() string { return filepath.Join(c.dir, "log") }

func (c *Cluster) showLog(tb testing.TB) {
	tb.Helper()
	data, err := os.ReadFile(c.LogFile())
	if err != nil {
		return
	}
	tb.Logf("the last of the server's log:\n%s", data[max(0, len(data)-4000):])
}
