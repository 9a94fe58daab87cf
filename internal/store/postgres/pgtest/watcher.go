package pgtest

import (
	"io"
	"os/exec"
	"syscall"
)

// watcher is a process that waits for the end of this one, however that comes: then it ends the server and removes the folder. It knows
// by the pipe, which the system closes for whoever dies.
type watcher struct {
	pipe io.Closer
	done chan struct{}
}

// watching waits for the end of its input; the first line of postmaster.pid is the server's process, if one runs.
const watching = `cat >/dev/null
if read -r pid <"$0/data/postmaster.pid"; then
  kill -QUIT "$pid"
  kill -CONT "$pid"
  while kill -0 "$pid"; do sleep 0.02; done
fi 2>/dev/null
rm -rf "$0"`

func watch(dir string) (*watcher, error) {
	cmd := exec.Command("sh", "-c", watching, dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // what ends a test by the keyboard does not end this
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	w := &watcher{pipe, make(chan struct{})}
	go func() {
		_ = cmd.Wait()
		close(w.done)
	}()
	return w, nil
}

// release has it do its work now.
func (w *watcher) release() {
	_ = w.pipe.Close()
	<-w.done
}
