package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// TestGatewayGoesOnWhileTheSchemaChanges: a step that adds to the tables that every message uses is taken while a store commits, without
// an error on either side; and it waits for its turn instead of holding up others.
func TestGatewayGoesOnWhileTheSchemaChanges(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	ctx, stop := context.WithCancel(t.Context())
	var commits atomic.Int64
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ; ctx.Err() == nil; commits.Add(1) {
			err := s.Update(context.WithoutCancel(ctx), func(tx audit.Tx) error {
				head, err := tx.Head()
				if err != nil {
					return err
				}
				head.Size, head.Checkpoint, head.LastTime = head.Size+1, []byte("note"), time.Now()
				return tx.SetHead(head)
			})
			if err != nil {
				t.Errorf("a commit while the schema changes: %v", err)
			}
			if _, err := s.Head(ctx); err != nil && ctx.Err() == nil {
				t.Errorf("a read while the schema changes: %v", err)
			}
		}
	}()
	more := func(n int64) { // commits, from now on
		t.Helper()
		for want, end := commits.Load()+n, time.Now().Add(time.Minute); commits.Load() < want; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%d commits in all", commits.Load())
			}
		}
	}
	more(1)
	last := lastStep(steps())
	adds := `ALTER TABLE sluis.head ADD COLUMN later text; ALTER TABLE sluis.checkpoint ADD COLUMN later text;
		ALTER TABLE sluis.record ADD COLUMN later text; CREATE TABLE sluis.later (n int)`
	if err := migrate(t.Context(), Options{URL: db.Owner}, with(t, last+1, adds)); err != nil {
		t.Errorf("a step while a gateway commits: %v", err)
	}
	more(2) // one may have begun before
	stop()
	<-ended
}

// TestStepWaitsForAReader: somebody who reads for longer than a step waits holds it up, and it is taken when the reader is done.
func TestStepWaitsForAReader(t *testing.T) {
	db := migrated(t)
	reader := dial(t, db.Reader)
	if _, err := reader.Exec(t.Context(), "BEGIN; SELECT size FROM sluis.head"); err != nil {
		t.Fatal(err)
	}
	taken := make(chan error, 1)
	go func() {
		taken <- migrate(t.Context(), Options{URL: db.Owner}, with(t, lastStep(steps())+1, "ALTER TABLE sluis.head ADD COLUMN later text"))
	}()
	select {
	case err := <-taken:
		t.Fatalf("the step did not wait: %v", err)
	case <-time.After(3500 * time.Millisecond): // longer than it waits once
	}
	if _, err := opened(t, db).Head(t.Context()); err != nil { // the reader is not done
		t.Errorf("others were held up: %v", err)
	}
	if _, err := reader.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	if err := <-taken; err != nil {
		t.Errorf("after the reader was done: %v", err)
	}
}

// TestStepThatEndsOlderGateways: it is not taken while one is connected; and one that is there all the same, because it came in between,
// gets no new connection.
func TestStepThatEndsOlderGateways(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	next := lastStep(steps()) + 1
	ends := with(t, next, fmt.Sprintf("UPDATE sluis.works_with SET oldest = %d", next))
	if err := migrate(t.Context(), Options{URL: db.Owner}, ends); !errors.Is(err, ErrRunning) {
		t.Fatalf("with a gateway connected: %v", err)
	}
	if _, err := s.Head(t.Context()); err != nil {
		t.Errorf("the gateway after the refusal: %v", err)
	}
	s.Close()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) { // until the server notices
		if err := migrate(t.Context(), Options{URL: db.Owner}, ends); !errors.Is(err, ErrRunning) {
			if err != nil {
				t.Errorf("with no gateway connected: %v", err)
			}
			break
		}
	}
	if _, err := Open(t.Context(), Options{URL: db.Gateway}); !errors.Is(err, ErrNewer) {
		t.Errorf("an older gateway afterwards: %v", err)
	}
}

// TestOlderGatewayGetsNoNewConnection when the schema went on without it.
func TestOlderGatewayGetsNoNewConnection(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	db.Cluster.Exec(t, db.Name, "UPDATE sluis.works_with SET oldest = 1000000")
	s.pool.Reset() // as when a connection breaks, or has lived for an hour
	if _, err := s.Head(t.Context()); !errors.Is(err, ErrNewer) {
		t.Errorf("got %v", err)
	}
}
