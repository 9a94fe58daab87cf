package gateway

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// turnPatience is how long a process waits for another one that writes in the same folder: that takes a few milliseconds.
const turnPatience = time.Second

// turn lets one process at a time compare the file and replace it: one that is being replaced may end beside the one that takes its place,
// and what it showed last may be less. The system takes the turn back when a process ends. Who stands still with it, or a file system
// that knows no turns, is not waited for: then the larger checkpoint comes with the next that is shown.
func (s *shownFile) turn() (done func()) {
	dir, err := os.Open(filepath.Dir(s.path))
	if err != nil {
		return func() {} // writing will say what is wrong
	}
	for began := time.Now(); ; time.Sleep(time.Millisecond) {
		err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) || time.Since(began) > turnPatience {
			return func() { _ = dir.Close() }
		}
	}
}
