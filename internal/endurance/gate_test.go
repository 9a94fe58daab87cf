package endurance

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// gate is one `sluis serve`, one life after another in one folder: it can be killed, and its memory is its own.
type gate struct {
	dir    string
	listen string // host:port of the API
	config string // sluis.yaml
	log    string // all that its processes say, one after another

	process *exec.Cmd
	ended   chan error
	up      atomic.Bool // it said that it is ready, and was not killed since
	admin   string      // http address
}

// launch starts the process and does not wait until it serves.
func (g *gate) launch(t testing.TB, environment ...string) {
	t.Helper()
	if err := os.Remove(g.addresses()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	log, err := os.OpenFile(g.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	defer log.Close()
	g.process = exec.Command(built, "serve", "--config", g.config)
	g.process.Env = append(os.Environ(), environment...)
	g.process.Stdout, g.process.Stderr = log, log
	g.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // no process outlives the test
	must(t, g.process.Start())
	g.ended = make(chan error, 1)
	go func(p *exec.Cmd, ended chan<- error) { ended <- p.Wait() }(g.process, g.ended)
}

func (g *gate) addresses() string { return filepath.Join(g.dir, "adressen.json") }

// serve starts the process and waits until it says that it could accept a message.
func (g *gate) serve(t testing.TB, environment ...string) {
	t.Helper()
	g.launch(t, environment...)
	g.awaitReady(t)
}

func (g *gate) awaitReady(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !g.ready(); time.Sleep(5 * time.Millisecond) {
		select {
		case err := <-g.ended:
			t.Fatalf("the gateway ended: %v\n%s", err, g.said())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("the gateway is not ready within a minute\n%s", g.said())
		}
	}
}

// said gives the end of what the processes said.
func (g *gate) said() string {
	said, _ := os.ReadFile(g.log) // what cannot be read is not shown
	return string(said[max(0, len(said)-2000):])
}

func (g *gate) ready() bool {
	data, err := os.ReadFile(g.addresses())
	var in gateway.Addresses
	if err != nil || json.Unmarshal(data, &in) != nil {
		return false
	}
	g.admin = "http://" + in.Admin
	resp, err := http.Get(g.admin + "/readyz")
	if err != nil {
		return false
	}
	resp.Body.Close()
	g.up.Store(resp.StatusCode == http.StatusOK)
	return g.up.Load()
}

// kill ends the process as a power cut would: it gets no say.
func (g *gate) kill() {
	g.up.Store(false)
	if g.process == nil {
		return
	}
	_ = g.process.Process.Kill() // it may have ended by itself
	<-g.ended
	g.process = nil
}

// stop ends the process as systemd would, and wants it to end well.
func (g *gate) stop(t testing.TB) {
	t.Helper()
	g.up.Store(false)
	must(t, g.process.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-g.ended:
		g.process = nil
		must(t, err)
	case <-time.After(40 * time.Second):
		t.Fatalf("the gateway does not stop\n%s", g.said())
	}
}
