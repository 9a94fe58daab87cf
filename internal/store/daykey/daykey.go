// Package daykey keeps the keys of days: each protects the ciphertext that came in on one day, at rest. They stand in a folder
// outside the database, so that a copy of the database (a backup, a disk that was thrown away) cannot be read any more once the
// key of its day was destroyed.
//
// It promises that a key it gave is on disk before anything is encrypted with it, that a day has one key for good, and that a
// destroyed key does not come back. It must not be backed up together with the database; that is for the operator to see to.
package daykey

import (
	"crypto/rand"
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
)

// ErrDay says that a text is not a day of the form YYYY-MM-DD.
var ErrDay = errors.New("not a day")

// Folder is a relay.DayKeys. It is safe for concurrent use within one process.
type Folder struct {
	dir  string
	mu   sync.Mutex
	keys map[string][]byte // of days asked for, so that a message costs no reading
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

// Get gives the key of a day. A new one is made when there is none and create is true. [relay.ErrKeyGone] when it was destroyed, or
// never was and create is false.
func (f *Folder) Get(day string, create bool) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if key, ok := f.keys[day]; ok {
		return slices.Clone(key), nil
	}
	key, err := f.read(day)
	if errors.Is(err, fs.ErrNotExist) && create {
		key, err = f.make(day)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = relay.ErrKeyGone
	}
	if err != nil {
		return nil, fmt.Errorf("getting the key of day %s: %w", printable(day), err)
	}
	f.keys[day] = key
	return slices.Clone(key), nil
}

// read reads a key that is not marked as destroyed: of one that is, the file may still be there, whole or overwritten.
func (f *Folder) read(day string) ([]byte, error) {
	path, err := f.path(day, keySuffix)
	if err != nil {
		return nil, err
	}
	gone, _ := f.path(day, goneSuffix)
	if _, err := os.Stat(gone); err == nil {
		return nil, relay.ErrKeyGone
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	key, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(key) != size {
		return nil, fmt.Errorf("the key has %d bytes and must have %d", len(key), size)
	}
	return key, nil
}

// make makes a key. It is complete on disk, under its own name, before anybody gets it: what was encrypted with a key that a crash took
// away would be lost.
func (f *Folder) make(day string) ([]byte, error) {
	path, err := f.path(day, keySuffix)
	if err != nil {
		return nil, err
	}
	key := make([]byte, size)
	rand.Read(key)
	temp, err := os.CreateTemp(f.dir, "new-*") // 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(key)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, err
	}
	// A crash right here leaves a file new-… with a key that nobody used.
	if err := os.Rename(temp.Name(), path); err != nil {
		return nil, err
	}
	// A crash right here leaves the key under its name or not; nobody used it yet.
	return key, syncDir(f.dir)
}

// Days gives the days that have a key, in order.
func (f *Folder) Days() ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("listing day keys: %w", err)
	}
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

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
