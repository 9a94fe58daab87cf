package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// appender moves the head of the log by a process of its own, and counts how often it had to.
type appender struct {
	*Store
	t    *testing.T
	runs int
}

// move is an Update like that of a sequencer, as long as it may wait: on what it is shown, one further.
func (a *appender) move() (found int64) {
	a.t.Helper()
	must(a.t, a.Update(withoutEnd(a.t), func(tx audit.Tx) error {
		a.runs++
		head, err := tx.Head()
		if err != nil {
			return err
		}
		found = head.Size
		head.Size++
		head.Checkpoint = []byte{byte(head.Size)}
		head.LastTime = time.UnixMilli(head.Size)
		return tx.SetHead(head)
	}))
	return found
}

// TestAtOnce: who is alone with the log does not ask where it stands; who is not, does, and nothing is ever kept on what was only supposed.
func TestAtOnce(t *testing.T) {
	db := migrated(t)
	one, other := &appender{Store: opened(t, db), t: t}, &appender{Store: opened(t, db), t: t}
	size := int64(0)
	step := func(a *appender, alone bool, runs int) {
		t.Helper()
		before := a.runs
		a.since = time.Now() // however long this machine took until now
		if found := a.move(); found != size {
			t.Errorf("kept on a head of size %d, which is %d", found, size)
		}
		if size++; a.alone != alone || a.runs-before != runs {
			t.Errorf("alone %v, %d runs; want %v, %d", a.alone, a.runs-before, alone, runs)
		}
	}
	step(one, false, 1)
	step(one, true, 1) // it finds what it left
	step(one, true, 1)
	step(other, false, 1)
	step(one, false, 2) // it supposed that nobody came in between
	step(one, true, 1)
	step(other, false, 1) // and this one found that somebody did
	step(one, false, 2)
	step(other, false, 1)
	one.since = time.Now().Add(-2 * rested)
	before := one.runs
	if one.move(); one.alone || one.runs-before != 1 {
		t.Errorf("after a rest: alone %v, %d runs", one.alone, one.runs-before)
	}
}

// TestAtOnceNotWhenItReads: what a transaction reads, or refuses, is never about what was only supposed.
func TestAtOnceNotWhenItReads(t *testing.T) {
	db := migrated(t)
	one, other := &appender{Store: opened(t, db), t: t}, &appender{Store: opened(t, db), t: t}
	for range 3 {
		one.move()
	}
	other.move()
	mine := errors.New("mine")
	var found int64
	err := one.Update(withoutEnd(t), func(tx audit.Tx) error {
		head, err := tx.Head()
		found = head.Size
		return errors.Join(err, mine)
	})
	if !errors.Is(err, mine) || found != 4 {
		t.Errorf("refused on a head of size %d: %v", found, err)
	}
	for range 3 {
		one.move()
	}
	must(t, one.Update(withoutEnd(t), func(tx audit.Tx) error {
		if _, err := tx.Hashes([]int64{0}); !errors.Is(err, audit.ErrNotFound) {
			return err
		}
		head, err := tx.Head()
		if err != nil {
			return err
		}
		return tx.SetHead(head)
	}))
}

// TestAtOnceOnAServerThatWasAway: who trusted a connection finds out, and nothing is kept twice or half.
func TestAtOnceOnAServerThatWasAway(t *testing.T) {
	db := migrated(t)
	one := &appender{Store: opened(t, db), t: t}
	for range 3 {
		one.move()
	}
	_, err := dial(t, db.Cluster.Admin(db.Name)).Exec(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	must(t, err)
	err = one.Update(withoutEnd(t), func(tx audit.Tx) error {
		return tx.SetHead(audit.Head{Size: 4, Checkpoint: []byte{4}, LastTime: time.UnixMilli(4)})
	})
	want := int64(4) // tried again, because nothing of it was sent
	if err != nil {
		want = 3
	}
	if one.alone {
		t.Error("it still trusts the head")
	}
	if found := one.move(); found != want {
		t.Errorf("a head of size %d after %v", found, err)
	}
}

// withoutEnd is a context like that of the writer of a log: nobody ends it.
func withoutEnd(t *testing.T) context.Context { return context.WithoutCancel(t.Context()) }
