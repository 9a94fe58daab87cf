package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

// keep writes something, durably.
func keep(s *Store, id string) error {
	return s.Update(context.Background(), func(tx audit.Tx) error {
		return tx.Apply(party.CardWrite{OIN: "A", ID: id, Version: 1, Digest: "d", Compact: "c"}, 0)
	})
}

func TestTheFilesAreForTheirOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	path := filepath.Join(dir, FileName)
	s := openAt(t, path)
	must(t, keep(s, "a"))
	for name, want := range map[string]os.FileMode{"": 0o700, FileName: 0o600, FileName + "-wal": 0o600, FileName + "-shm": 0o600, FileName + ".lock": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%q has mode %v", name, info.Mode())
		}
	}
	must(t, s.Close())
	must(t, s.Close())
	must(t, os.Chmod(path, 0o644)) // a copy that was put back
	openAt(t, path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestOneGatewayAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := openAt(t, path)
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrInUse) {
		t.Errorf("a second one: %v", err)
	}
	must(t, keep(s, "a")) // the first was not disturbed
	must(t, s.Close())
	openAt(t, path)
}

func TestWhatIsNoStoreIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	must(t, os.WriteFile(text, []byte("this is not a database, but it is somebody's"), 0o600))
	foreign := filepath.Join(dir, "foreign")
	db, err := sql.Open("sqlite", foreign)
	must(t, err)
	_, err = db.Exec("CREATE TABLE somebodys (a)")
	must(t, errors.Join(err, db.Close()))
	newer := filepath.Join(dir, "newer")
	s := openAt(t, newer)
	must(t, s.Update(t.Context(), func(audit.Tx) error {
		_, err := s.write.exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
		return err
	}))
	must(t, s.Close())

	for path, want := range map[string]error{text: nil, foreign: ErrForeign, newer: ErrNewer} {
		before, err := os.ReadFile(path)
		must(t, err)
		_, err = Open(t.Context(), path)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
		if after, err := os.ReadFile(path); path == text && (err != nil || string(after) != string(before)) {
			t.Errorf("%s was changed", filepath.Base(path))
		}
	}
}
