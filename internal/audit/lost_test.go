package audit_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// switched is a store behind which another one can be put: what a failover to a replica looks like from here.
type switched struct {
	audit.Store
	now atomic.Pointer[audit.Store]
}

func (s *switched) to(store audit.Store) { s.now.Store(&store) }

func (s *switched) at() audit.Store { return *s.now.Load() }

func (s *switched) Update(ctx context.Context, fn func(audit.Tx) error) error {
	return s.at().Update(ctx, fn)
}
func (s *switched) Head(ctx context.Context) (audit.Head, error) { return s.at().Head(ctx) }
func (s *switched) Hashes(ctx context.Context, ix []int64) ([]tlog.Hash, error) {
	return s.at().Hashes(ctx, ix)
}
func (s *switched) Record(ctx context.Context, nr int64) ([]byte, error) {
	return s.at().Record(ctx, nr)
}
func (s *switched) CheckpointFor(ctx context.Context, nr int64) ([]byte, error) {
	return s.at().CheckpointFor(ctx, nr)
}

// replica copies the store as it is now.
func (h *house) replica() (*sqlite.Store, string) {
	h.t.Helper()
	dir := h.t.TempDir()
	path := filepath.Join(dir, sqlite.FileName)
	db, err := sql.Open("sqlite", filepath.Join(h.dir, sqlite.FileName))
	h.must(err)
	_, err = db.Exec("VACUUM INTO ?", path)
	h.must(err)
	h.must(db.Close())
	store, err := sqlite.Open(context.Background(), path)
	h.must(err)
	h.t.Cleanup(func() { h.must(store.Close()) })
	return store, dir
}

// grow commits n changes, one after another.
func (h *house) grow(s *audit.Sequencer, n int) {
	h.t.Helper()
	for range n {
		h.cards++
		_, err := s.Commit(context.Background(), card(fmt.Sprintf("c%d", h.cards)))
		h.must(err)
	}
}

// After a failover to a replica that had not received everything, nothing is kept, shown or proven; when the primary comes back, it goes
// on by itself.
func TestAShorterLogIsNotGoneOnWith(t *testing.T) {
	h := newHouse(t)
	store := &switched{}
	store.to(h.store)
	s := h.sequencer(store)
	h.grow(s, 5)
	behind, _ := h.replica()
	h.grow(s, 3)

	store.to(behind)
	refusesEverything(t, s)
	if head, err := behind.Head(t.Context()); err != nil || head.Size != 5 {
		t.Errorf("the replica grew to %d: %v", head.Size, err)
	}
	if !s.Lost() {
		t.Error("nobody is told that the log is lost")
	}
	store.to(h.store)
	h.grow(s, 1)
	if s.Lost() {
		t.Error("the log came back, and nobody is told")
	}
	if n := h.sound(); n != 9 {
		t.Errorf("%d records", n)
	}
}

func refusesEverything(t *testing.T, s *audit.Sequencer) {
	t.Helper()
	ctx := t.Context()
	_, commit := s.Commit(ctx, card("lost"))
	_, checkpoint := s.Checkpoint(ctx)
	_, latest := s.Latest(ctx, 0)
	_, tile := s.Tile(ctx, "tile/0/000.p/1")
	for what, err := range map[string]error{
		"commit": commit, "checkpoint": checkpoint, "proof": latest, "tile": tile, "health": s.Healthy(ctx),
	} {
		if !errors.Is(err, audit.ErrLost) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A replica that another gateway went on with, unknowing, is as long as what was shown, and is not it.
func TestAnotherLogOfTheSameLength(t *testing.T) {
	h := newHouse(t)
	store := &switched{}
	store.to(h.store)
	s := h.sequencer(store)
	h.grow(s, 5)
	behind, _ := h.replica()
	h.grow(s, 2)
	h.grow(h.sequencer(behind), 2)
	store.to(behind)
	refusesEverything(t, s)
}

// What a gateway gave out of another one's commits binds it as its own do.
func TestWhatWasOnlyReadIsRemembered(t *testing.T) {
	h := newHouse(t)
	store := &switched{}
	store.to(h.store)
	writer, reader := h.sequencer(h.store), h.sequencer(store)
	h.grow(writer, 3)
	behind, _ := h.replica()
	h.grow(writer, 3)
	if _, err := reader.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	store.to(behind)
	refusesEverything(t, reader)
}

// Two gateways take turns: each goes on from what the other left, and neither calls it lost.
func TestTurns(t *testing.T) {
	h := newHouse(t)
	a, b := h.sequencer(h.store), h.sequencer(h.store)
	for range 5 {
		h.grow(a, 2)
		h.grow(b, 1)
		if err := errors.Join(a.Healthy(t.Context()), b.Healthy(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.sound(); n != 15 || a.Lost() || b.Lost() {
		t.Errorf("%d records", n)
	}
}

// The next process is told what the last one showed.
func TestTheNextProcessKnows(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	h.grow(s, 4)
	older := s.Shown()
	behind, _ := h.replica()
	h.grow(s, 2)
	newer := s.Shown()
	for name, c := range map[string]struct {
		store audit.Store
		shown []byte
		want  error
	}{
		"nothing known":           {behind, nil, nil},
		"what it has":             {behind, older, nil},
		"what it does not have":   {behind, newer, audit.ErrLost},
		"an older one":            {h.store, older, nil},
		"no checkpoint":           {h.store, []byte("x"), errAny},
		"a later name of the log": {h.store, bytes.Replace(older, []byte(origin), []byte(origin+"/2"), 1), audit.ErrLost},
		"of another log":          {h.store, bytes.Replace(older, []byte(origin), []byte("b/log"), 1), audit.ErrTree},
	} {
		_, err := audit.NewSequencer(t.Context(), c.store, audit.Options{Origin: origin, Signer: h.signer, Now: h.clock.now, Shown: c.shown})
		if (err == nil) != (c.want == nil) || c.want != errAny && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errAny = errors.New("any error")
