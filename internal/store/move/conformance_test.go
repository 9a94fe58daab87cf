package move

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// TestConformanceOverAMove: everything that the suite knows of a store holds also when that is moved between two openings. Before the second,
// most laws have kept what they look at; before the fourth, those about what is old have pruned.
func TestConformanceOverAMove(t *testing.T) {
	db := migrated(t)
	for _, at := range []int{1, 3} {
		t.Run(fmt.Sprintf("before opening %d", at+1), func(t *testing.T) {
			houses := map[string]*moving{}
			moves := 0
			conformance.Run(t, func(t testing.TB, dir string) conformance.Store {
				t.Helper()
				h := houses[dir]
				if h == nil {
					h = &moving{dir: dir, at: at, database: db}
					houses[dir] = h
				}
				s := h.open(t)
				if h.db != nil && h.opened == at+1 {
					moves++
				}
				return s
			})
			if moves < 5 {
				t.Errorf("only %d stores were moved", moves)
			}
		})
	}
}

// moving is a folder with a store that is moved when it was opened some times.
type moving struct {
	dir        string
	at, opened int
	database   *pgtest.Database // of all, one after another
	db         *pgtest.Database // nil before the move
}

func (m *moving) open(t testing.TB) conformance.Store {
	t.Helper()
	m.opened++
	file := filepath.Join(m.dir, sqlite.FileName)
	if m.db == nil && m.opened > m.at && holds(t, file) {
		m.db = m.database
		emptied(t, m.db)
		unverified(t, m.dir, m.db)
		must(t, os.RemoveAll(m.dir)) // as the operator does
		must(t, os.Mkdir(m.dir, 0o700))
	}
	if m.db != nil {
		return inDatabase{opened(t, m.db), m.db}
	}
	s, err := sqlite.Open(t.Context(), file)
	must(t, err)
	return s
}

// holds reports whether there is a log to move.
func holds(t testing.TB, file string) bool {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file)
	must(t, err)
	defer s.Close()
	head, err := s.Head(t.Context())
	must(t, err)
	return head.Size > 0
}

// inDatabase is a store after its move.
type inDatabase struct {
	*postgres.Store
	db *pgtest.Database
}

// Left counts the rows in which something of data stands.
func (s inDatabase) Left(t testing.TB, data ...[]byte) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.db.Owner)
	must(t, err)
	defer conn.Close(t.Context())
	for _, d := range data {
		var found int
		must(t, conn.QueryRow(t.Context(), `SELECT count(*) FROM doorvoer.chunk WHERE position(substr($1::bytea, 1, 64) IN data) > 0`, d).Scan(&found))
		n += found
	}
	return n
}
