package daykey

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Destroy destroys the key of a day for good; one that is not there, or that another process destroys at this moment, is no error. The bytes are overwritten first. On a disk that writes
// elsewhere than it is told (flash, copy-on-write) that is an attempt: keep the folder on an encrypted volume there.
func (f *Folder) Destroy(day string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.destroy(day); err != nil {
		return fmt.Errorf("destroying the key of day %s: %w", printable(day), err)
	}
	return nil
}

func (f *Folder) destroy(day string) error {
	if err := f.here(); err != nil {
		return err
	}
	path, err := f.path(day, keySuffix)
	if err != nil {
		return err
	}
	gone, _ := f.path(day, goneSuffix)
	// First the mark, so that after a crash anywhere below nobody makes a new key for a day whose old one is half gone.
	if err := writeSynced(gone, os.O_CREATE, nil); err != nil {
		return err
	}
	if err := syncDir(f.dir); err != nil {
		return err
	}
	f.forget(day)
	// A crash right here leaves the key; the next sweep destroys it again.
	err = writeSynced(path, 0, make([]byte, size))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	// A crash right here leaves 32 zero bytes; the next sweep removes them.
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncDir(f.dir)
}

// drawnLife is how long a key may be on its way to its name: writing 32 bytes takes less, also on a network.
const drawnLife = time.Hour

// tidy removes what a crash left of making a key: it may be a second name of one in use, whose bytes go with it when it is destroyed. It
// does what it can; the next sweep tries again.
func tidy(dir string, entries []fs.DirEntry) {
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), drawnPrefix) {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > drawnLife {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

func writeSynced(path string, flag int, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|flag, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}
