// Package daykey keeps the keys of days: each protects the ciphertext that came in on one day, at rest. They stand in a folder
// outside the database, so that a copy of the database (a backup, a disk that was thrown away) cannot be read any more once the
// key of its day was destroyed.
//
// Several processes may share the folder, also on several machines (docs/operations.md says what such a folder must be). It promises
// that a key it gave is on disk before anything is encrypted with it, that a day has one key for good and for all of them, and that a
// key which one of them destroyed does not come back, and is given by none of them. It must not be backed up together with the
// database; that is for the operator to see to.
package daykey

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// FolderName is the folder of the keys in a gateway's folder, where no other one is set.
const FolderName = "dagsleutels"

// size of a key, in bytes.
const size = 32

const (
	keySuffix  = ".key"  // 32 bytes
	goneSuffix = ".gone" // empty: the key was destroyed

	drawnPrefix = "new-" // of a key on its way
)

// ErrDay says that a text is not a day of the form YYYY-MM-DD.
var ErrDay = errors.New("not a day")

// Folder is a relay.DayKeys. It is safe for concurrent use.
type Folder struct {
	dir   string
	log   string // whose keys these are, "" before [Folder.Belong]
	mu    sync.Mutex
	owner fs.FileInfo       // of the file that says so, as it was last seen
	keys  map[string][]byte // of days asked for: a message costs a look for the mark of destruction, and no reading
}

var _ relay.DayKeys = (*Folder)(nil)

// Open opens a folder of day keys, and makes it when there is none.
func Open(dir string) (*Folder, error) {
	f := &Folder{dir: dir, keys: map[string][]byte{}}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of day keys: %w", err)
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return nil, fmt.Errorf("making the folder of day keys: %w", err)
	}
	return f, nil
}

// Get gives the key of a day. A new one is made when there is none and create is true. [relay.ErrKeyGone] when it was destroyed, by any
// process, or never was and create is false.
func (f *Folder) Get(day string, create bool) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key, err := f.get(day, create)
	if errors.Is(err, fs.ErrNotExist) {
		err = relay.ErrKeyGone
	}
	if err != nil {
		return nil, fmt.Errorf("getting the key of day %s: %w", printable(day), err)
	}
	return slices.Clone(key), nil // before anybody may overwrite it
}

func (f *Folder) get(day string, create bool) ([]byte, error) {
	if err := f.here(); err != nil {
		return nil, err
	}
	if key, ok := f.keys[day]; ok {
		err := f.marked(day)
		if errors.Is(err, relay.ErrKeyGone) {
			f.forget(day)
		}
		return key, err
	}
	key, err := f.read(day)
	if errors.Is(err, fs.ErrNotExist) {
		if away := f.here(); away != nil { // the folder, just now
			return nil, away
		}
	}
	if errors.Is(err, fs.ErrNotExist) && create {
		if err := f.make(day); err != nil {
			return nil, err
		}
		key, err = f.read(day)
	}
	if err != nil {
		return nil, err
	}
	f.keys[day] = key
	return key, nil
}

// forget takes a key out of memory.
func (f *Folder) forget(day string) {
	clear(f.keys[day])
	delete(f.keys, day)
}

// marked gives [relay.ErrKeyGone] when a key is marked as destroyed: its file may still be there, whole or overwritten.
func (f *Folder) marked(day string) error {
	path, err := f.path(day, goneSuffix)
	if err != nil {
		return err
	}
	switch _, err := os.Lstat(path); {
	case err == nil:
		return relay.ErrKeyGone
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return nil
}

// read reads a key that is not marked as destroyed. It looks for the mark after it read: the mark comes before the key is overwritten, so
// that what was read before there was a mark is the key.
func (f *Folder) read(day string) ([]byte, error) {
	path, err := f.path(day, keySuffix)
	if err != nil {
		return nil, err
	}
	key, err := os.ReadFile(path)
	if gone := f.marked(day); gone != nil {
		return nil, gone
	}
	if err != nil {
		return nil, err
	}
	if len(key) != size || bytes.Equal(key, make([]byte, size)) {
		return nil, fmt.Errorf("the key has %d bytes and must have %d, not all zero", len(key), size)
	}
	return key, nil
}

// Days gives the days that have a key, in order, also those whose destruction a crash broke off. The keys in memory of days that another
// process destroyed go with it.
func (f *Folder) Days() ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := os.ReadDir(f.dir)
	if err := errors.Join(f.here(), err); err != nil {
		return nil, fmt.Errorf("listing day keys: %w", err)
	}
	for day := range f.keys {
		if errors.Is(f.marked(day), relay.ErrKeyGone) {
			f.forget(day)
		}
	}
	tidy(f.dir, entries)
	var days []string
	for _, e := range entries {
		if day, ok := strings.CutSuffix(e.Name(), keySuffix); ok && valid(day) {
			days = append(days, day)
		}
	}
	return days, nil
}

func (f *Folder) path(day, suffix string) (string, error) {
	if !valid(day) {
		return "", ErrDay
	}
	return filepath.Join(f.dir, day+suffix), nil
}

// valid keeps anything but a day out of a file name.
func valid(day string) bool {
	t, err := time.Parse(time.DateOnly, day)
	return err == nil && t.Format(time.DateOnly) == day
}

func printable(day string) string {
	if valid(day) {
		return day
	}
	return "(none)"
}
