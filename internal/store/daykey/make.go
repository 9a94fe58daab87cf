package daykey

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// make sees to it that a day has a key: its own, or that of another process that was first. A key is complete on disk, under its own name,
// before anybody gets it: what was encrypted with a key that a crash took away would be lost.
func (f *Folder) make(day string) error {
	path, err := f.path(day, keySuffix)
	if err != nil {
		return err
	}
	temp, err := f.draw()
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	// A crash right here leaves a file new-… with a key that nobody used.
	//
	// A link, never a rename: that would take the place of a key which another process made just now, and gave to somebody.
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	// A crash right here leaves the key under its name or not, and perhaps under a second one (see tidy); nobody used it yet.
	if err := syncDir(f.dir); err != nil {
		return err
	}
	// The mark may have come between looking for it and making the key. Whoever made the mark saw no key, and left; this one sees the mark.
	if err := f.marked(day); errors.Is(err, relay.ErrKeyGone) {
		return errors.Join(err, f.destroy(day))
	}
	return nil
}

// draw writes a new key to a file of its own.
func (f *Folder) draw() (name string, err error) {
	key := make([]byte, size)
	rand.Read(key)
	return f.write(key)
}

// write writes a file that is on its way to its name.
func (f *Folder) write(data []byte) (name string, err error) {
	temp, err := os.CreateTemp(f.dir, drawnPrefix+"*") // 0600
	if err != nil {
		return "", err
	}
	_, err = temp.Write(data)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return "", errors.Join(err, os.Remove(temp.Name()))
	}
	return temp.Name(), nil
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
