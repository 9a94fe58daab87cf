package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// listening starts to watch, and gives what is heard after the first All.
func listening(t *testing.T, s *Store) <-chan audit.Heard {
	t.Helper()
	told := make(chan audit.Heard, 100)
	ctx, stop := context.WithCancelCause(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Watch(ctx, func(h audit.Heard) { told <- h }) }()
	over := errors.New("the test is over")
	t.Cleanup(func() {
		stop(over)
		if err := <-ended; !errors.Is(err, over) {
			t.Errorf("watching ended with %v", err)
		}
	})
	hears(t, told, audit.Heard{All: true})
	return told
}

func hears(t *testing.T, told <-chan audit.Heard, want audit.Heard) {
	t.Helper()
	select {
	case got := <-told:
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("heard (-want +got):\n%s", diff)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("nothing was heard")
	}
}

// tell sends what a store says in a transaction of its own.
func tell(t *testing.T, s *Store, h audit.Heard) {
	t.Helper()
	for _, p := range payloads(s.hearing.self, h) {
		if _, err := s.pool.Exec(t.Context(), "SELECT pg_notify($1, $2)", channel, p); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOthersAreHeard: what another process says arrives, what this one says does not, and what nobody understands means everything.
func TestOthersAreHeard(t *testing.T) {
	db := migrated(t)
	one, other := opened(t, db), opened(t, db)
	told := listening(t, one)
	tell(t, one, audit.Heard{Parties: []string{"1"}})
	tell(t, other, audit.Heard{Parties: []string{"3", "2", "3"}, Registry: true})
	hears(t, told, audit.Heard{Parties: []string{"2", "3"}, Registry: true})
	if _, err := other.pool.Exec(t.Context(), "SELECT pg_notify('sluis', 'wat dan ook')"); err != nil {
		t.Fatal(err)
	}
	hears(t, told, audit.Heard{All: true})
}

// TestListeningMends: a connection that the server ends is made again, and then everything may be new.
func TestListeningMends(t *testing.T) {
	db := migrated(t)
	one, other := opened(t, db), opened(t, db)
	told := listening(t, one)
	for range 2 {
		db.Cluster.Exec(t, db.Name, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")
		hears(t, told, audit.Heard{All: true})
		tell(t, other, audit.Heard{Registry: true})
		hears(t, told, audit.Heard{Registry: true})
	}
}

// TestListeningOutlivesTheServer: gone for a while, and heard again without anybody's help.
func TestListeningOutlivesTheServer(t *testing.T) {
	cluster := pgtest.Start(t)
	db := cluster.Database(t)
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	told := listening(t, opened(t, db))
	cluster.Kill()
	time.Sleep(200 * time.Millisecond)
	cluster.Restart(t)
	hears(t, told, audit.Heard{All: true})
}

// TestSilenceIsNoEnd: a wait that ends without a word leaves the connection as it is, and what comes later is heard on it.
func TestSilenceIsNoEnd(t *testing.T) {
	db := migrated(t)
	conn := dial(t, db.Gateway)
	if _, err := conn.Exec(t.Context(), "LISTEN "+channel); err != nil {
		t.Fatal(err)
	}
	wait, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := conn.WaitForNotification(wait); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("waiting for nothing ended with %v", err)
	}
	if err := conn.Ping(t.Context()); err != nil {
		t.Fatalf("the connection did not outlive a silence: %v", err)
	}
	tell(t, opened(t, db), audit.Heard{Parties: []string{"7"}})
	if payload, err := next(t.Context(), conn); err != nil || payload[len(payload)-1] != '7' {
		t.Errorf("heard %q: %v", payload, err)
	}
}
