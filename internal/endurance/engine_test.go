package endurance

import (
	"database/sql"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// place is where one region keeps its things: each test that asks what is kept runs on each kind of place. It tells what the gateway left
// without asking the gateway.
type place interface {
	// option has a region keep its things here; settings gives what stands about it under `store` in sluis.yaml.
	option() gatewaytest.Option
	settings() string
	// open opens the database to look, past the gateway, and asks gives the queries.
	open(t testing.TB) *sql.DB
	asks() *questions
	// verify has the independent verifier that ships read the whole trail of the gateway in a folder.
	verify(dir string) (said string, err error)
	// copy makes a copy of everything as a backup does. No gateway may be running on SQLite.
	copy(t testing.TB) backup
	// bytes adds every byte in which something that was kept could have been left.
	bytes(t testing.TB, p places)
	// wipes says that what is deleted is overwritten at once.
	wipes() bool
}

// backup is a copy of a place.
type backup struct {
	dir     string
	putBack func(testing.TB) // in the place of what is there now; no gateway may be running
}

// onEach runs a test on each kind of place. Regions on PostgreSQL share a cluster, in which each has a database of its own.
func onEach(t *testing.T, test func(t *testing.T, at place)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, &folder{}) })
	t.Run("postgres", func(t *testing.T) { test(t, inCluster(t, pgtest.Shared(t))) })
}

// onEachAlone runs a test on each kind of place, with a cluster that nobody else uses.
func onEachAlone(t *testing.T, test func(t *testing.T, at place), options ...pgtest.Option) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, &folder{}) })
	t.Run("postgres", func(t *testing.T) { test(t, inCluster(t, pgtest.Start(t, options...))) })
}

// questions are queries of what is kept, in the words of an engine. $1 is a list of message ids in JSON, unless said otherwise.
type questions struct {
	messages string // id, and how many age files are kept of it
	records  string // message id, kind, decision
	staged   string // without $1: how many uploads are of no message
	content  string // $1 id of a message, $2 part: its chunks in order
	tree     string // without $1: nr and canonical of every record, in order
	accepted string // $1 a nr: how many messages were accepted before it, and after
	notes    string // without $1: every signed checkpoint
}
