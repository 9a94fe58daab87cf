package daykey

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/relay"
)

func open(t *testing.T, dir string) *Folder {
	t.Helper()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func get(t *testing.T, f *Folder, day string, create bool) []byte {
	t.Helper()
	key, err := f.Get(day, create)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestADayHasOneKeyForGood(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	monday, tuesday := get(t, f, "2026-11-23", true), get(t, f, "2026-11-24", true)
	if len(monday) != 32 || bytes.Equal(monday, tuesday) || bytes.Equal(monday, make([]byte, 32)) {
		t.Error("the keys are not keys")
	}
	for _, again := range [][]byte{get(t, f, "2026-11-23", true), get(t, open(t, dir), "2026-11-23", false)} {
		if !bytes.Equal(monday, again) {
			t.Error("the key changed")
		}
	}
	clear(get(t, f, "2026-11-23", false))
	if !bytes.Equal(monday, get(t, f, "2026-11-23", false)) {
		t.Error("a caller can change the key of others")
	}
	if days, err := f.Days(); err != nil || !slices.Equal(days, []string{"2026-11-23", "2026-11-24"}) {
		t.Errorf("days %v, %v", days, err)
	}
	info, err := os.Stat(filepath.Join(dir, "2026-11-23.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestDestroyedKeysDoNotComeBack(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	key := get(t, f, "2026-11-23", true)
	for range 2 { // a second time is no error
		if err := f.Destroy("2026-11-23"); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []*Folder{f, open(t, dir)} {
		for _, create := range []bool{true, false} {
			if _, err := f.Get("2026-11-23", create); !errors.Is(err, relay.ErrKeyGone) {
				t.Errorf("create %v: %v", create, err)
			}
		}
	}
	for _, name := range files(t, dir) {
		if data, err := os.ReadFile(name); err != nil || bytes.Contains(data, key) {
			t.Errorf("%s still holds the key (%v)", name, err)
		}
	}
	if days, err := f.Days(); err != nil || len(days) != 0 {
		t.Errorf("days %v, %v", days, err)
	}
}

// A crash inside Destroy leaves the mark, and the key whole or overwritten. The next Destroy finishes; nobody gets a key meanwhile.
func TestACrashWhileDestroying(t *testing.T) {
	for name, left := range map[string][]byte{"whole": bytes.Repeat([]byte{7}, 32), "overwritten": make([]byte, 32)} {
		dir := t.TempDir()
		f := open(t, dir)
		path := filepath.Join(dir, "2026-11-23")
		for suffix, data := range map[string][]byte{".key": left, ".gone": nil} {
			if err := os.WriteFile(path+suffix, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.Get("2026-11-23", true); !errors.Is(err, relay.ErrKeyGone) {
			t.Errorf("%s: %v", name, err)
		}
		if days, err := f.Days(); err != nil || len(days) != 1 {
			t.Errorf("%s: the sweep does not see it: %v, %v", name, days, err)
		}
		if err := f.Destroy("2026-11-23"); err != nil {
			t.Fatal(err)
		}
		if days, err := f.Days(); err != nil || len(days) != 0 {
			t.Errorf("%s: days %v, %v", name, days, err)
		}
	}
}

func TestWhatIsNoDayOrNoKey(t *testing.T) {
	f := open(t, t.TempDir())
	for _, day := range []string{"", "2026-11-31", "2026-1-2", "../2026-11-23", "2026-11-23/x"} {
		_, err := f.Get(day, true)
		if !errors.Is(err, ErrDay) || !errors.Is(f.Destroy(day), ErrDay) {
			t.Errorf("%q: %v", day, err)
		}
	}
	if _, err := f.Get("2026-11-23", false); !errors.Is(err, relay.ErrKeyGone) {
		t.Errorf("a day without a key: %v", err)
	}
	if err := os.WriteFile(filepath.Join(f.dir, "2026-11-23.key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if key, err := f.Get("2026-11-23", true); err == nil {
		t.Errorf("a damaged key was given, or replaced: %d bytes", len(key))
	}
}

func TestOneKeyForAllWhoAskAtOnce(t *testing.T) {
	f := open(t, t.TempDir())
	keys := make([][]byte, 16)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() { keys[i], _ = f.Get("2026-11-23", true) })
	}
	all.Wait()
	for _, key := range keys {
		if len(key) != 32 || !bytes.Equal(key, keys[0]) {
			t.Fatal("not all got the same key")
		}
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}
