package daykey

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestReadyMakesNothing: it says what Get would, and leaves the folder as it was.
func TestReadyMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sleutels")
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Ready("2026-11-22"); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	if err := f.Destroy("2026-11-21"); err != nil {
		t.Fatal(err)
	}
	if err := f.Ready("2026-11-21"); !errors.Is(err, relay.ErrKeyGone) {
		t.Errorf("a destroyed key: %v", err)
	}
	if err := f.Ready("gisteren"); !errors.Is(err, ErrDay) {
		t.Errorf("no day: %v", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := f.Ready("2026-11-22"); err == nil {
		t.Error("ready without a folder")
	}
}
