package move

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// inside does in a file what no gateway of this version does.
func inside(t *testing.T, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	must(t, err)
	defer db.Close()
	for _, s := range statements {
		_, err := db.Exec(s)
		must(t, err)
	}
}

// TestASignatureOfBeforeItsRecord comes over as it is: it goes on to be judged by the time that was signed, by gateways that know of such.
func TestASignatureOfBeforeItsRecord(t *testing.T) {
	l, db := newTrail(t, 1), migrated(t)
	inside(t, l.file(), `INSERT INTO convenant (id, version, digest, yaml, canonical) VALUES ('c', 1, 'd', x'79', x'63')`,
		`INSERT INTO signature (id, version, party, verdict, time_ms, compact, record) VALUES ('c', 1, 'A', 'akkoord', 1000, 's', NULL), ('c', 1, 'B', 'akkoord', 2000, 't', 0)`)
	unverified(t, l.dir, db)
	s := opened(t, db)
	defer s.Close()
	got, err := s.Signatures(t.Context())
	must(t, err)
	if len(got) == 2 {
		got[1].Arrived = time.Time{} // that of its record
	}
	want := []convenant.SignatureWrite{
		{ID: "c", Version: 1, Party: "A", Verdict: convenant.Agreed, Time: time.UnixMilli(1000).UTC(), Compact: "s"},
		{ID: "c", Version: 1, Party: "B", Verdict: convenant.Agreed, Time: time.UnixMilli(2000).UTC(), Compact: "t"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("signatures (-want +got):\n%s", diff)
	}
	conn, err := pgx.Connect(t.Context(), db.Owner)
	must(t, err)
	defer conn.Close(t.Context())
	var oldest int
	must(t, conn.QueryRow(t.Context(), `SELECT oldest FROM sluis.works_with`).Scan(&oldest))
	if oldest != 5 {
		t.Errorf("gateways of step %d work with it", oldest)
	}
}

// TestWhatADatabaseCannotHold is told without telling what it is, and nothing is moved.
func TestWhatADatabaseCannotHold(t *testing.T) {
	l, db := newTrail(t, 1), migrated(t)
	inside(t, l.file(), `INSERT INTO policy (digest, content) VALUES ('geheim' || char(0), x'63')`)
	_, err := Run(t.Context(), l.to(t, db))
	if err == nil || !strings.Contains(err.Error(), "moving sluis.policy") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
	if got, want := stand(t, l, db), (standing{"good", "empty"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
