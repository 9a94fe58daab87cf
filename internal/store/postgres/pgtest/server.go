package pgtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is one life of the server's process.
type server struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it ended
}

const patience = 3 * time.Minute // for a server to start or to end, on a machine that is busy, with a disk that is slow

// run starts the server and waits until it answers.
func (c *Cluster) run(tb testing.TB) {
	tb.Helper()
	log, err := os.OpenFile(c.LogFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		tb.Fatal(err)
	}
	defer log.Close()
	s := &server{cmd: c.Command("postgres", "-D", c.Data()), done: make(chan struct{})}
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		tb.Fatalf("starting PostgreSQL: %v", err)
	}
	go func() {
		_ = s.cmd.Wait() // how it ended stands in its log
		close(s.done)
	}()
	c.server = s
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.Admin("postgres"))
		if err == nil {
			_ = conn.Close(ctx)
			return
		}
		select {
		case <-s.done:
			c.showLog(tb)
			tb.Fatal("PostgreSQL ended while it was starting")
		case <-ctx.Done():
			c.showLog(tb)
			tb.Fatalf("PostgreSQL does not answer: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Stop ends the server as an operator does: calls under way are broken off, and what is committed is written down.
func (c *Cluster) Stop(tb testing.TB) {
	tb.Helper()
	c.mine()
	_ = c.server.cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-c.server.done:
	case <-time.After(patience):
		c.showLog(tb)
		tb.Fatal("PostgreSQL does not stop")
	}
}

// Kill ends all processes of the server at one moment, as a loss of power does but for what the system itself still holds.
func (c *Cluster) Kill() {
	c.mine()
	pid := c.server.cmd.Process.Pid
	halt(pid)
	all := children(pid)
	_ = syscall.Kill(pid, syscall.SIGKILL)
	for _, child := range all {
		_ = syscall.Kill(child, syscall.SIGKILL)
	}
	<-c.server.done
	for _, child := range all { // a server does not start while one of these has its memory
		for syscall.Kill(child, 0) == nil && !ended(child) {
			time.Sleep(time.Millisecond)
		}
	}
}

// Freeze stops all processes of the server where they are, as a machine that hangs: connections stand, and nothing is answered. Thaw lets them
// go on.
func (c *Cluster) Freeze() {
	c.mine()
	pid := c.server.cmd.Process.Pid
	halt(pid)
	for _, child := range children(pid) {
		_ = syscall.Kill(child, syscall.SIGSTOP)
	}
}

// Thaw ends a Freeze.
func (c *Cluster) Thaw() {
	pid := c.server.cmd.Process.Pid
	for _, process := range append(children(pid), pid) {
		_ = syscall.Kill(process, syscall.SIGCONT)
	}
}

// Restart starts the server again after Stop or Kill, and stops it first when it runs. What was committed is there.
func (c *Cluster) Restart(tb testing.TB, options ...Option) {
	tb.Helper()
	c.mine()
	select {
	case <-c.server.done:
	default:
		c.Stop(tb)
	}
	for _, o := range options {
		o(c)
	}
	if len(options) > 0 {
		c.configure(tb)
	}
	c.run(tb)
}

// mine keeps a test from ending what others use.
func (c *Cluster) mine() {
	if c.shared {
		panic("pgtest: the shared cluster is not one test's to stop: use Start")
	}
}

// quit ends the server at once; there is nothing to keep.
func (s *server) quit() {
	_ = s.cmd.Process.Signal(syscall.SIGQUIT)
	_ = s.cmd.Process.Signal(syscall.SIGCONT) // who is frozen hears nothing
	<-s.done
}

// children gives the processes that a process started.
func children(pid int) (list []int) {
	all, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is right
	for _, path := range all {
		if fields := status(path); len(fields) > 1 && fields[1] == strconv.Itoa(pid) {
			if child, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
				list = append(list, child)
			}
		}
	}
	return list
}

// ended reports a process that is dead and not yet buried.
func ended(pid int) bool {
	fields := status(fmt.Sprintf("/proc/%d/stat", pid))
	return len(fields) == 0 || fields[0] == "Z" || fields[0] == "X"
}

// halt stops a process where it is. When it returns, that starts no others any more: a signal takes its time.
func halt(pid int) {
	_ = syscall.Kill(pid, syscall.SIGSTOP)
	for !stopped(pid) && !ended(pid) {
		time.Sleep(time.Millisecond)
	}
}

// stopped reports a process that a signal stopped.
func stopped(pid int) bool {
	fields := status(fmt.Sprintf("/proc/%d/stat", pid))
	return len(fields) > 0 && (fields[0] == "T" || fields[0] == "t")
}

// status gives what the system says of a process after its name: its state, its parent, …; nothing when it is gone.
func status(path string) []string {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	text := string(data)
	return strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
}
