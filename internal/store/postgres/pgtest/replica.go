package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

const replicaName = "replica"

// Replica makes a streaming replica of a cluster that runs, and ends it with the test. With synchronous the cluster answers a commit only
// when the replica has it on disk too (synchronous_standby_names); without, the replica follows as it can.
func Replica(tb testing.TB, of *Cluster, synchronous bool) *Cluster {
	tb.Helper()
	of.mine()
	r := prepare(tb)
	tb.Cleanup(func() { r.end(tb) })
	copying := r.Command("pg_basebackup", "-h", of.dir, "-U", superuser, "-D", r.Data(), "--wal-method=stream", "--checkpoint=fast", "--no-sync")
	if out, err := copying.CombinedOutput(); err != nil {
		tb.Fatalf("copying the cluster: %v\n%s", err, out)
	}
	r.write(tb, "passwords", passwords())
	r.write(tb, "data/standby.signal", "")
	r.settings = []string{fmt.Sprintf("primary_conninfo = 'host=%s user=%s application_name=%s'", of.dir, superuser, replicaName)}
	r.configure(tb)
	state := "async"
	if synchronous { // before the replica is there: each process of the server learns of it in its own time
		state = "sync"
		of.settings = append(of.settings, "synchronous_standby_names = '"+replicaName+"'")
		of.configure(tb)
		of.Exec(tb, "postgres", "SELECT pg_reload_conf()")
	}
	r.run(tb)
	of.await(tb, "a replica that follows", "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = '"+state+"'")
	return r
}

// Disconnect cuts a replica off from its primary: what is committed from here on does not reach it.
func (c *Cluster) Disconnect(tb testing.TB) {
	tb.Helper()
	c.settings = nil
	c.configure(tb)
	c.Exec(tb, "postgres", "SELECT pg_reload_conf()")
	c.await(tb, "a replica that is cut off", "SELECT count(*) = 0 FROM pg_stat_wal_receiver")
}

// CaughtUp waits until the replica of a primary has everything.
func (c *Cluster) CaughtUp(tb testing.TB) {
	tb.Helper()
	c.await(tb, "a replica that has everything", "SELECT coalesce(bool_and(replay_lsn = pg_current_wal_lsn()), false) FROM pg_stat_replication")
}

// Promote makes a replica take over. Nothing keeps its primary, if that still runs, from going on too: that is for who operates them.
func (c *Cluster) Promote(tb testing.TB) {
	tb.Helper()
	c.Exec(tb, "postgres", "SELECT pg_promote(true, 180)")
	c.await(tb, "a replica that took over", "SELECT NOT pg_is_in_recovery()")
}

// await asks the administrator's connection until the answer is yes.
func (c *Cluster) await(tb testing.TB, what, question string) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.Admin("postgres"))
	if err != nil {
		tb.Fatalf("waiting for %s: %v", what, err)
	}
	defer conn.Close(context.Background())
	for {
		var yes bool
		if err := conn.QueryRow(ctx, question).Scan(&yes); err != nil {
			c.showLog(tb)
			tb.Fatalf("waiting for %s: %v", what, err)
		}
		if yes {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Either gives the connection string of a role for a database on whichever of these servers can be written to.
func Either(role, database string, all ...*Cluster) string {
	var hosts []string
	for _, c := range all {
		hosts = append(hosts, c.dir)
	}
	query := url.Values{
		"host": {strings.Join(hosts, ",")}, "port": {strings.TrimSuffix(strings.Repeat("5432,", len(all)), ",")}, "user": {role},
		"passfile": {all[0].PassFile()}, "sslmode": {"disable"}, "target_session_attrs": {"read-write"},
	}
	return "postgres:///" + database + "?" + query.Encode()
}
