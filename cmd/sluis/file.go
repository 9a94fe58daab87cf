package main

import (
	"errors"
	"fmt"
	"os"
)

// createFile writes a file that must not exist yet. It is on the disk when createFile returns: what is kept of a message is confirmed
// after that, and confirming erases it at the gateway.
func createFile(path string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s bestaat al en wordt niet overschreven; kies een andere naam", path)
	}
	if err != nil {
		return fmt.Errorf(cannotMake+": %w", err)
	}
	return fill(f, data)
}

// fill writes everything to a new file and closes it, or removes it.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("kan %s niet schrijven: %w", f.Name(), err), os.Remove(f.Name()))
	}
	return nil
}
