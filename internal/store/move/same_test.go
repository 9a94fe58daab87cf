package move

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestWhateverIsKeptIsTheSameAfterItsMove: a store that chance filled tells the same after its move, and what comes then is taken in and
// refused as in a copy that stayed. SLUIS_CASES is how many cases, forty times over.
func TestWhateverIsKeptIsTheSameAfterItsMove(t *testing.T) {
	db := migrated(t)
	played, want := 0, 15
	if text := os.Getenv("SLUIS_CASES"); text != "" {
		n, err := strconv.Atoi(text)
		must(t, err)
		want = max(want, n/40)
	}
	rapid.Check(t, func(r *rapid.T) {
		if played == want {
			return
		}
		dir, stays := t.TempDir(), filepath.Join(t.TempDir(), "copy")
		batch := func() ([]conformance.Staged, []conformance.Drawn) {
			return rapid.SliceOfN(conformance.DrawStaged(), 0, 3).Draw(r, "staged"), rapid.SliceOfN(conformance.DrawChange(), 1, 8).Draw(r, "changes")
		}
		source := inFile(t, dir)
		must(t, source.Update(t.Context(), func(tx audit.Tx) error { return tx.AppendHashes(0, []tlog.Hash{{1}}) })) // a log is known by its first
		for range rapid.IntRange(1, 4).Draw(r, "batches") {
			staged, changes := batch()
			conformance.Play(t, source, staged, changes)
		}
		jti := fmt.Sprint("jti-", rapid.IntRange(0, 1).Draw(r, "token"))
		_, err := source.Seen(t.Context(), "issuer", jti, conformance.DrawnTime)
		must(t, err)
		head, err := source.Head(t.Context())
		must(t, err)
		must(t, source.Close())
		if head.Size == 0 {
			return // nothing was kept
		}
		played++
		must(t, os.CopyFS(stays, os.DirFS(dir)))
		emptied(t, db)
		unverified(t, dir, db)

		there, here := opened(t, db), inFile(t, stays)
		defer there.Close()
		defer here.Close()
		same := func(when string) {
			t.Helper()
			if diff := cmp.Diff(conformance.Dump(t, here), conformance.Dump(t, there), cmpopts.EquateEmpty()); diff != "" {
				r.Fatalf("%s (-SQLite +PostgreSQL):\n%s", when, diff)
			}
		}
		same("after the move")
		staged, changes := batch()
		if diff := cmp.Diff(conformance.Play(t, here, staged, changes), conformance.Play(t, there, staged, changes)); diff != "" {
			r.Fatalf("what comes after the move (-SQLite +PostgreSQL):\n%s", diff)
		}
		same("after what came then")
		for i := range 2 {
			jti := fmt.Sprint("jti-", i)
			want, err := here.Seen(t.Context(), "issuer", jti, conformance.DrawnTime)
			must(t, err)
			if got, err := there.Seen(t.Context(), "issuer", jti, conformance.DrawnTime); err != nil || got != want {
				r.Fatalf("token %d was seen: %t, %v; want %t", i, got, err, want)
			}
		}
	})
	if played < want {
		t.Errorf("only %d stores were moved", played)
	}
}

func inFile(t testing.TB, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
	must(t, err)
	return s
}
