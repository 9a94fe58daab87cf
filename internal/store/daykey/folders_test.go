package daykey

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestAKeyIsNeverReplaced: of many folders that make the key of one day at once, as processes do, all give the same.
func TestAKeyIsNeverReplaced(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		keys := make([][]byte, 8)
		var all sync.WaitGroup
		for i := range keys {
			f := open(t, dir)
			all.Go(func() { keys[i], _ = f.Get("2026-11-23", true) })
		}
		all.Wait()
		for _, key := range append(keys, get(t, open(t, dir), "2026-11-23", false)) {
			if len(key) != size || !bytes.Equal(key, keys[0]) {
				t.Fatal("two processes have two keys for one day")
			}
		}
		if left := files(t, dir); len(left) != 1 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestDestroyedAnywhereIsGoneEverywhere, also from the memory of who had it.
func TestDestroyedAnywhereIsGoneEverywhere(t *testing.T) {
	dir := t.TempDir()
	here, there := open(t, dir), open(t, dir)
	for _, day := range []string{"2026-11-23", "2026-11-24"} {
		get(t, here, day, true)
		get(t, there, day, false)
		if err := here.Destroy(day); err != nil {
			t.Fatal(err)
		}
	}
	inMemory := there.keys["2026-11-24"]
	if key, err := there.Get("2026-11-23", true); !errors.Is(err, relay.ErrKeyGone) {
		t.Errorf("%d bytes, %v", len(key), err)
	}
	if err := there.Ready("2026-11-24"); !errors.Is(err, relay.ErrKeyGone) {
		t.Errorf("ready: %v", err)
	}
	if days, err := there.Days(); err != nil || len(days) > 0 { // as the sweep asks
		t.Errorf("days %v, %v", days, err)
	}
	if len(there.keys) > 0 || !bytes.Equal(inMemory, make([]byte, size)) {
		t.Error("a key that was destroyed is still in the memory of another process")
	}
}

// TestDestroyedByManyAtOnce, while others ask for it: whoever gets it gets the key itself, and afterwards nobody does.
func TestDestroyedByManyAtOnce(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		key := get(t, open(t, dir), "2026-11-23", true)
		var all sync.WaitGroup
		for i := range 8 {
			f := open(t, dir)
			all.Go(func() {
				if i%2 == 0 {
					if err := f.Destroy("2026-11-23"); err != nil {
						t.Error(err)
					}
				} else if got, err := f.Get("2026-11-23", true); err == nil && !bytes.Equal(got, key) {
					t.Errorf("another key, or half of it: %x", got)
				} else if err != nil && !errors.Is(err, relay.ErrKeyGone) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if left := files(t, dir); !slices.Equal(left, []string{filepath.Join(dir, "2026-11-23.gone")}) {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestMarkedWhileAKeyIsMade: the mark of destruction came between looking for it and making the key. The key goes again.
func TestMarkedWhileAKeyIsMade(t *testing.T) {
	dir := t.TempDir()
	here, there := open(t, dir), open(t, dir)
	if err := there.Destroy("2026-11-23"); err != nil { // there is no key yet
		t.Fatal(err)
	}
	if err := here.make("2026-11-23"); !errors.Is(err, relay.ErrKeyGone) {
		t.Errorf("made: %v", err)
	}
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// TestWhatACrashLeftIsTidiedUp, but not what another process is making now.
func TestWhatACrashLeftIsTidiedUp(t *testing.T) {
	f := open(t, t.TempDir())
	for name, age := range map[string]time.Duration{"new-1": 2 * time.Hour, "new-2": time.Minute} {
		path := filepath.Join(f.dir, name)
		if err := os.WriteFile(path, bytes.Repeat([]byte{1}, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Days(); err != nil {
		t.Fatal(err)
	}
	if left := files(t, f.dir); !slices.Equal(left, []string{filepath.Join(f.dir, "new-2")}) {
		t.Errorf("left: %v", left)
	}
}

// days gives days from a first one on.
func days(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("2026-01-%02d", i+1))
	}
	return list
}
