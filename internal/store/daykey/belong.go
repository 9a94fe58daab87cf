package daykey

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ownerFile says of which log the folder holds the day keys: one line, the log's first name. A folder that several machines share is mounted,
// and where it is not (yet), an empty one lies in its place: without this file a gateway would make keys there that no other has, and would
// tell of a message that waits that it was erased.
const ownerFile = "spoor"

// ErrElsewhere says that the folder belongs to another log.
var ErrElsewhere = errors.New("the folder of day keys belongs to another log")

// NotHereError says that a log holds records, and its day keys are not in the folder, nor anything that shows that they ever were.
type NotHereError struct{ Log string }

func (e NotHereError) Error() string {
	return "the folder of day keys does not hold the file " + ownerFile + ": another folder is in its place, or the keys were lost"
}

// Belong ties the folder to a log, by its first name; begun says that the log holds records. A folder with keys from before there was such
// a file is taken to be the log's. From here on the folder gives, makes and destroys nothing while that file is not there. Errors:
// [NotHereError], [ErrElsewhere].
func (f *Folder) Belong(log string, begun bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.belong(log, begun)
	if err == nil {
		f.owner, err = f.look()
	}
	if err != nil {
		return fmt.Errorf("looking whose day keys these are: %w", err)
	}
	f.log = log
	return nil
}

func (f *Folder) belong(log string, begun bool) error {
	err := f.ownedBy(log)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if begun {
		used, err := f.used()
		if err != nil {
			return err
		}
		if !used {
			return NotHereError{log}
		}
	}
	temp, err := f.write([]byte(log + "\n"))
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	// A link, which never takes the place of what another process wrote just now.
	if err := os.Link(temp, filepath.Join(f.dir, ownerFile)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return errors.Join(f.ownedBy(log), syncDir(f.dir))
}

func (f *Folder) ownedBy(log string) error {
	text, err := os.ReadFile(filepath.Join(f.dir, ownerFile))
	if err == nil && strings.TrimSpace(string(text)) != log {
		err = ErrElsewhere
	}
	return err
}

// used reports whether there is a key, or a mark that there was one.
func (f *Folder) used() (bool, error) {
	entries, err := os.ReadDir(f.dir)
	for _, e := range entries {
		day, _, _ := strings.Cut(e.Name(), ".")
		if valid(day) {
			return true, nil
		}
	}
	return false, err
}

func (f *Folder) look() (fs.FileInfo, error) { return os.Lstat(filepath.Join(f.dir, ownerFile)) }

// here gives nil, or [NotHereError] when the folder is not the one that [Folder.Belong] saw any more: a volume that was taken away. When
// another one of the log came in its place, because the keys were lost, those in memory go: a key that no other process can read, nor this
// one after a restart, is none.
func (f *Folder) here() error {
	if f.log == "" {
		return nil
	}
	owner, err := f.look()
	same := err == nil && os.SameFile(owner, f.owner) && owner.ModTime().Equal(f.owner.ModTime())
	if err == nil && !same {
		err = f.ownedBy(f.log)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return NotHereError{f.log}
	}
	if err != nil || same {
		return err
	}
	for day := range f.keys {
		f.forget(day)
	}
	f.owner = owner
	return nil
}
