package daykey

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestAnotherFolderCameInItsPlace while a gateway went on: the keys were lost, and a person wrote the file anew. A key that is only in the
// memory of one process is no key: what comes in under it is unreadable to the others, and to all after a restart.
func TestAnotherFolderCameInItsPlace(t *testing.T) {
	for name, lookMeanwhile := range map[string]bool{"seen to be gone": true, "between two looks": false} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dagsleutels")
			f := open(t, dir)
			if err := f.Belong("sluis.test/log", false); err != nil {
				t.Fatal(err)
			}
			lost, earlier := get(t, f, "2026-11-23", true), get(t, f, "2026-11-22", true)
			replace := func(log string) {
				t.Helper()
				if err := errors.Join(os.Rename(dir, filepath.Join(t.TempDir(), "weg")), os.Mkdir(dir, 0o700)); err != nil {
					t.Fatal(err)
				}
				if lookMeanwhile {
					if err := f.Ready("2026-11-23"); !errors.As(err, &NotHereError{}) {
						t.Errorf("in between: %v", err)
					}
				}
				if err := os.WriteFile(filepath.Join(dir, ownerFile), []byte(log+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			replace("sluis.test/log")
			if key, err := f.Get("2026-11-22", false); !errors.Is(err, relay.ErrKeyGone) {
				t.Errorf("a key that is nowhere is given: %v, %v", bytes.Equal(key, earlier), err)
			}
			other := open(t, dir)
			if err := other.Belong("sluis.test/log", true); err != nil {
				t.Fatal(err)
			}
			key := get(t, f, "2026-11-23", true)
			if bytes.Equal(key, lost) || !bytes.Equal(key, get(t, other, "2026-11-23", true)) {
				t.Error("two processes have two keys for a day")
			}
			replace("elders.test/log")
			if _, err := f.Get("2026-11-23", true); !errors.Is(err, ErrElsewhere) {
				t.Errorf("the folder of another log: %v", err)
			}
		})
	}
}
