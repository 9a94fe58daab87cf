package postgres

import (
	"context"
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
	verdicts, played, want := map[conformance.Verdict]int{}, 0, 30
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
			staged := rapid.SliceOfN(conformance.DrawStaged(), 0, 3).Draw(r, "staged")
			batch := rapid.SliceOfN(conformance.DrawChange(), 1, 8).Draw(r, "changes")
			want := conformance.Play(t, reference, staged, batch)
			for _, v := range want {
				verdicts[v]++
			}
			for name, s := range stores {
				if diff := cmp.Diff(want, conformance.Play(t, s, staged, batch)); diff != "" {
					r.Fatalf("%s: verdicts (-SQLite +PostgreSQL):\n%s", name, diff)
				}
				if diff := cmp.Diff(conformance.Dump(t, reference), conformance.Dump(t, s), cmpopts.EquateEmpty()); diff != "" {
					r.Fatalf("%s: what is kept (-SQLite +PostgreSQL):\n%s", name, diff)
				}
			}
		}
	})
	if !telling(verdicts) {
		t.Errorf("%v: this compares little", verdicts)
	}
}

var drawnTime = conformance.DrawnTime

// telling reports whether enough of each verdict was compared to mean anything.
func telling(v map[conformance.Verdict]int) bool {
	return v[conformance.Entered] >= 50 && v[conformance.Conflicted] >= 50 && v[conformance.Faulty] >= 5
}
