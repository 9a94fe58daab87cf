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
	err := f.here()
	if err == nil {
		err = f.marked(day)
	}
	if _, kept := f.keys[day]; err == nil && !kept {
		if _, err = f.read(day); errors.Is(err, fs.ErrNotExist) {
			err = f.try()
		}
	}
	if err != nil {
		return fmt.Errorf("looking whether there is a key for day %s: %w", printable(day), err)
	}
	return nil
}

// try makes a key under a name that is no day's, and takes it away again. Whether a name can be given to it as [Folder.Get] does is tried
// too: not every folder that several machines share can.
func (f *Folder) try() error {
	temp, err := f.draw()
	if err != nil {
		return err
	}
	second := temp + ".try"
	return errors.Join(os.Link(temp, second), os.Remove(second), os.Remove(temp))
}
