package postgres

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// careful is a store that sends each change by itself, also when nothing conflicts.
type careful struct{ *Store }

func (s careful) Update(ctx context.Context, fn func(audit.Tx) error) error {
	if err := s.acquire(ctx); err != nil {
		return err
	}
	defer s.release()
	return s.attempt(ctx, fn, true)
}

// atOnce is a store that supposes where the head is, and is right.
type atOnce struct{ *Store }

func (s atOnce) Update(ctx context.Context, fn func(audit.Tx) error) error {
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	s.left, s.alone, s.since = &head, true, time.Now()
	return s.Store.Update(context.WithoutCancel(ctx), fn)
}

// TestBatchesMeanWhatTheirChangesMeanOneByOne: whatever is in a batch, collected in bulk, sent change by change or written row by row in
// SQLite, the same changes are refused for the same reason, and the same is kept. SLUIS_CASES is how many cases, forty times over: each empties
// three databases and makes a file.
func TestBatchesMeanWhatTheirChangesMeanOneByOne(t *testing.T) {
	bulk, one, once := migrated(t), migrated(t), migrated(t)
	stores := map[string]conformance.Store{"in bulk": opened(t, bulk), "carefully": careful{opened(t, one)}, "at once": atOnce{opened(t, once)}}
	var admins []*pgx.Conn
	for _, db := range []*pgtest.Database{bulk, one, once} {
		admins = append(admins, dial(t, db.Cluster.Admin(db.Name)))
	}
	verdicts, played, want := map[verdict]int{}, 0, 30
	if text := os.Getenv("SLUIS_CASES"); text != "" {
		n, err := strconv.Atoi(text)
		must(t, err)
		want = max(want, n/40)
	}
	rapid.Check(t, func(r *rapid.T) {
		if played >= want && telling(verdicts) { // chance may draw few of a kind
			return
		}
		played++
		for _, admin := range admins {
			empty(t, admin)
		}
		reference, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), sqlite.FileName))
		if err != nil {
			r.Fatal(err)
		}
		defer reference.Close()
		for range rapid.IntRange(1, 4).Draw(r, "batches") {
			staged := rapid.SliceOfN(drawStaged(), 0, 3).Draw(r, "staged")
			batch := rapid.SliceOfN(drawChange(), 1, 8).Draw(r, "changes")
			want := play(t, reference, staged, batch)
			for _, v := range want {
				verdicts[v]++
			}
			for name, s := range stores {
				if diff := cmp.Diff(want, play(t, s, staged, batch)); diff != "" {
					r.Fatalf("%s: verdicts (-SQLite +PostgreSQL):\n%s", name, diff)
				}
				if diff := cmp.Diff(dump(t, reference), dump(t, s), cmpopts.EquateEmpty()); diff != "" {
					r.Fatalf("%s: what is kept (-SQLite +PostgreSQL):\n%s", name, diff)
				}
			}
		}
	})
	if !telling(verdicts) {
		t.Errorf("%v: this compares little", verdicts)
	}
}

// telling reports whether enough of each verdict was compared to mean anything.
func telling(v map[verdict]int) bool {
	return v[entered] >= 50 && v[conflicted] >= 50 && v[faulty] >= 5
}

// verdict is what came of a change.
type verdict string

const (
	entered    verdict = "kept"
	conflicted verdict = "conflict"
	faulty     verdict = "refused"
)

// play stages, and commits a batch as the sequencer does.
func play(t *testing.T, s conformance.Store, staged []stagedPart, batch []drawnChange) (verdicts []verdict) {
	t.Helper()
	for _, p := range staged {
		err := s.Stage(t.Context(), p.staging, p.part, 0, []byte(p.staging+string(p.part)))
		if err != nil && !errors.Is(err, audit.ErrConflict) {
			t.Fatal(err)
		}
	}
	nothing := errors.New("nothing to keep")
	err := s.Update(t.Context(), func(tx audit.Tx) error {
		head, err := tx.Head()
		if err != nil {
			return err
		}
		verdicts = verdicts[:0]
		before := head.Size
		for _, c := range batch {
			err := tx.Savepoint(func() error { return c.apply(tx, head.Size) })
			if err != nil && len(c.writes) > 1 && !errors.Is(err, audit.ErrAborted) {
				err = audit.ErrConflict // it may have two faults, and either may be found first
			}
			switch {
			case errors.Is(err, audit.ErrAborted):
				return err
			case errors.Is(err, audit.ErrConflict):
				verdicts = append(verdicts, conflicted)
			case err != nil:
				verdicts = append(verdicts, faulty)
			default:
				verdicts = append(verdicts, entered)
				head.Size += int64(c.records)
			}
		}
		if head.Size == before {
			return nothing
		}
		head.Checkpoint, head.LastTime = []byte{byte(head.Size), byte(head.Size >> 8)}, drawnTime
		return tx.SetHead(head)
	})
	if err != nil && !errors.Is(err, nothing) {
		t.Fatal(err)
	}
	return verdicts
}
