package gateway_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// TestACopyOfTheDatabaseHasNoKeys: the folder that is backed up holds the database with its journal and lock, and nothing else.
func TestACopyOfTheDatabaseHasNoKeys(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "sleutels")
	for name, dir := range map[string]string{"default": "", "set": elsewhere} {
		t.Run(name, func(t *testing.T) {
			r := gatewaytest.Start(t, gatewaytest.With(func(c *gateway.Config) { c.Store.DayKeysDir = dir }))
			envelope, file := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100)
			r.Person("school/vc-1").Send(envelope, file).Body.Close()
			for _, file := range names(t, filepath.Join(r.Config.Dir, sqlite.FolderName)) {
				if !strings.HasPrefix(file, sqlite.FileName) {
					t.Errorf("%s stands beside the database", file)
				}
			}
			if dir == "" {
				dir = filepath.Join(r.Config.Dir, daykey.FolderName)
			}
			if there := names(t, dir); len(there) != 2 || !slices.Contains(there, "spoor") {
				t.Errorf("the key of the day, and whose it is, are not in their folder: %v", there)
			}
		})
	}
}

// TestADatabaseWhereItStoodBefore is not passed over: an empty one beside it would begin another log.
func TestADatabaseWhereItStoodBefore(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	r.Stop()
	database := filepath.Join(r.Config.Dir, sqlite.FolderName)
	if err := os.Rename(filepath.Join(database, sqlite.FileName), filepath.Join(r.Config.Dir, sqlite.FileName)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(database); err != nil {
		t.Fatal(err)
	}
	if _, err := gateway.New(t.Context(), r.Config, testLogger(t)); !errors.Is(err, gateway.ErrOldLayout) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(database); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a database was begun: %v", err)
	}
}

// TestHalfOfADatabaseWhereItStoodBefore: after a crash its last commits stand in the journal. Without it the log would go back, and what was
// accepted would be lost.
func TestHalfOfADatabaseWhereItStoodBefore(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	r.Stop()
	if err := os.WriteFile(filepath.Join(r.Config.Dir, sqlite.FileName+"-wal"), []byte("commits"), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := gateway.New(t.Context(), r.Config, testLogger(t))
	if !errors.Is(err, gateway.ErrOldLayout) {
		t.Errorf("got %v", err)
	}
	if g != nil {
		t.Cleanup(func() { _ = g.Close(t.Context()) })
	}
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}
