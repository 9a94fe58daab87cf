package daykey

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Ready gives nil, or why [Folder.Get] would give no key for a day, also no new one. It makes none: where keys were lost, a new one would
// make what is kept under the old one look damaged instead of gone.
func (f *Folder) Ready(day string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.keys[day]; ok {
		return nil
	}
	_, err := f.read(day)
	if errors.Is(err, fs.ErrNotExist) {
		err = f.try()
	}
	if err != nil {
		return fmt.Errorf("looking whether there is a key for day %s: %w", printable(day), err)
	}
	return nil
}

// try writes as much as a key and takes it away again.
func (f *Folder) try() error {
	temp, err := os.CreateTemp(f.dir, "new-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(make([]byte, size))
	return errors.Join(err, temp.Sync(), temp.Close(), os.Remove(temp.Name()))
}
