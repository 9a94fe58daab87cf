package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
)

// noise is a text that does not compress.
func noise(length int) string {
	var b strings.Builder
	for b.Len() < length {
		b.WriteString(rand.Text())
	}
	return b.String()
}

func keep(tx audit.Tx, id string) error {
	return tx.Savepoint(func() error {
		return tx.Apply(party.CardWrite{OIN: "A", ID: id, Version: 1, Digest: "d", Compact: "c"}, 0)
	})
}

// cards are the ids of the cards that are kept.
func cards(t *testing.T, s *Store) string {
	t.Helper()
	list, err := s.Cards(t.Context())
	must(t, err)
	var ids []string
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

// TestWhatTheEngineCannotKeep: a text with a byte that PostgreSQL has no place for is refused alone, is no conflict, and is not repeated in
// what is said of it.
func TestWhatTheEngineCannotKeep(t *testing.T) {
	s := opened(t, migrated(t))
	const secret = "Jansen"
	for i, bad := range []string{secret + "\x00", secret + "\xff", secret + noise(10000)} {
		var refusal error
		must(t, s.Update(t.Context(), func(tx audit.Tx) error {
			must(t, keep(tx, fmt.Sprint("before ", i)))
			refusal = keep(tx, bad)
			return keep(tx, fmt.Sprint("after ", i))
		}))
		if refusal == nil || errors.Is(refusal, audit.ErrConflict) || errors.Is(refusal, audit.ErrAborted) {
			t.Errorf("a text of %d bytes: %v", len(bad), refusal)
		} else if strings.Contains(refusal.Error(), secret) {
			t.Error("what was refused is repeated")
		}
	}
	if got := cards(t, s); got != "after 0 after 1 after 2 before 0 before 1 before 2" {
		t.Errorf("kept: %s", got)
	}
}

// TestNobodyWaitsForEver: a process that stands still with the head of the log stops the others for a while and not longer, and what it
// did is undone.
func TestNobodyWaitsForEver(t *testing.T) {
	db := migrated(t)
	still, other := opened(t, db), opened(t, db)
	for _, s := range []*Store{still, other} {
		must(t, s.Update(t.Context(), func(audit.Tx) error { return nil })) // which makes the connection
	}
	_, err := other.writer.Exec(t.Context(), "SET lock_timeout = '200ms'")
	must(t, err)
	err = still.Update(t.Context(), func(tx audit.Tx) error {
		must(t, keep(tx, "a"))
		if err := other.Update(t.Context(), func(audit.Tx) error { return nil }); err == nil || codeOf(err) != lockNotAvailable {
			t.Errorf("waiting for who stands still: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := other.Update(ctx, func(audit.Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("giving up: %v", err)
		}
		// It stood still long enough to show that. From here on the server lets go of it sooner than it would.
		_, err := still.writer.Exec(t.Context(), "SET idle_in_transaction_session_timeout = '500ms'")
		must(t, err)
		return other.Update(t.Context(), func(tx audit.Tx) error { return keep(tx, "b") })
	})
	if err == nil {
		t.Error("who stood still too long could commit")
	}
	must(t, still.Update(t.Context(), func(tx audit.Tx) error { return keep(tx, "c") }))
	if got := cards(t, other); got != "b c" {
		t.Errorf("kept: %s", got)
	}
}

// TestAConnectionThatWasClosedIsReplaced: nobody notices that the server let go of a connection while nothing was asked on it. In the middle of
// a transaction it is an error, and nothing is kept.
func TestAConnectionThatWasClosedIsReplaced(t *testing.T) {
	db := migrated(t)
	s, admin := opened(t, db), dial(t, db.Cluster.Admin(db.Name))
	cut := func() {
		t.Helper()
		_, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`, db.Name)
		must(t, err)
	}
	for range 3 {
		must(t, s.Update(t.Context(), func(tx audit.Tx) error { _, err := tx.Head(); return err }))
		cut()
	}
	err := s.Update(t.Context(), func(tx audit.Tx) error {
		must(t, keep(tx, "a"))
		cut()
		return nil
	})
	if err == nil || errors.Is(err, audit.ErrConflict) {
		t.Errorf("cut off before the commit: %v", err)
	}
	must(t, s.Update(t.Context(), func(tx audit.Tx) error {
		return errors.Join(keep(tx, "b"), tx.SetHead(audit.Head{Size: 1, Checkpoint: []byte("n"), LastTime: drawnTime}))
	}))
	if got := cards(t, s); got != "b" {
		t.Errorf("kept: %s", got)
	}
}

// TestACommitThatAStandbyMayNotHave: when somebody breaks off the wait for a standby, PostgreSQL keeps the transaction and only warns. That is
// not answered as kept; it counts once a later write has waited.
func TestACommitThatAStandbyMayNotHave(t *testing.T) {
	db := apart(t)
	s, admin := opened(t, db), dial(t, db.Cluster.Admin(db.Name))
	must(t, s.Update(t.Context(), func(audit.Tx) error { return nil }))
	standby := func(name string) {
		t.Helper()
		for _, statement := range []string{"SET synchronous_commit = local", "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'", "SELECT pg_reload_conf()"} {
			_, err := admin.Exec(t.Context(), statement)
			must(t, err)
		}
		for set := ""; set != name; {
			must(t, admin.QueryRow(t.Context(), "SHOW synchronous_standby_names").Scan(&set))
		}
	}
	standby("nowhere")
	var ended atomic.Bool
	var cancelling sync.WaitGroup
	cancelling.Go(func() {
		for !ended.Load() {
			_, _ = admin.Exec(context.Background(), `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
		}
	})
	var err error
	kept := 0
	for ; err == nil; kept++ { // every process of the server learns of the setting in its own time, and until then a commit waits for nobody
		err = s.Update(t.Context(), func(tx audit.Tx) error { return keep(tx, fmt.Sprint(kept)) })
	}
	ended.Store(true)
	cancelling.Wait()
	if !errors.Is(err, errNotCertain) || !s.doubt {
		t.Fatalf("a commit that no standby has: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := s.Update(ctx, func(audit.Tx) error { return nil }); err == nil || !s.doubt {
		t.Errorf("what is in doubt was read as kept: %v", err)
	}
	standby("")
	must(t, s.Update(t.Context(), func(audit.Tx) error { return nil }))
	if list, err := s.Cards(t.Context()); err != nil || len(list) != kept || s.doubt {
		t.Errorf("kept %d of %d, in doubt %v: %v", len(list), kept, s.doubt, err)
	}
}
