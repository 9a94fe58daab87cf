package daykey

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestAFolderBelongsToOneLog: it is tied to the first log that uses it. That of a log which holds records must show that it was its own.
func TestAFolderBelongsToOneLog(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string // what the folder holds
		begun      bool
		want       error
	}{
		"new, of a new log":              {},
		"new, of a log that began":       {begun: true, want: NotHereError{"sluis.test/log"}},
		"the log's":                      {ownerFile, "sluis.test/log\n", true, nil},
		"the log's, written by a person": {ownerFile, "sluis.test/log", true, nil},
		"another log's":                  {ownerFile, "elders.test/log\n", true, ErrElsewhere},
		"another log's, for a new one":   {ownerFile, "elders.test/log\n", false, ErrElsewhere},
		"nobody's":                       {ownerFile, "", true, ErrElsewhere},
		"with a key, from before":        {"2026-11-21.key", "x", true, nil},
		"with a mark, from before":       {"2026-11-21.gone", "", true, nil},
		"with something else":            {"lost+found", "", true, NotHereError{"sluis.test/log"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if c.file != "" {
				if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			f := open(t, dir)
			if err := f.Belong("sluis.test/log", c.begun); !errors.Is(err, c.want) {
				t.Fatalf("%v, not %v", err, c.want)
			}
			if c.want != nil {
				return
			}
			if err := open(t, dir).Belong("sluis.test/log", true); err != nil {
				t.Errorf("a second time: %v", err)
			}
			if err := open(t, dir).Belong("elders.test/log", true); !errors.Is(err, ErrElsewhere) {
				t.Errorf("for another log: %v", err)
			}
		})
	}
}

// TestAFolderThatIsTakenAway: the volume is gone, and the empty folder below it is seen. Nothing is given, made, destroyed or told to be gone
// until it is back.
func TestAFolderThatIsTakenAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dagsleutels")
	f := open(t, dir)
	if err := f.Belong("sluis.test/log", false); err != nil {
		t.Fatal(err)
	}
	get(t, f, "2026-11-23", true)
	later := open(t, dir)
	if err := later.Belong("sluis.test/log", true); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Rename(dir, dir+".weg"), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]*Folder{"with the key in memory": f, "without": later} {
		_, days := f.Days()
		_, old := f.Get("2026-11-23", false)
		_, fresh := f.Get("2026-11-24", true)
		for what, err := range map[string]error{
			"ready": f.Ready("2026-11-23"), "get": old, "make": fresh, "list": days, "destroy": f.Destroy("2026-11-23"),
		} {
			if !errors.As(err, &NotHereError{}) || errors.Is(err, relay.ErrKeyGone) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("in the folder below it stands %v", left)
	}
	if err := errors.Join(os.Remove(dir), os.Rename(dir+".weg", dir)); err != nil {
		t.Fatal(err)
	}
	get(t, later, "2026-11-23", false)
}
