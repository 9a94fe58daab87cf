package endurance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// served is a region whose gateway is a process: it can be killed, and its memory is its own.
type served struct {
	*gatewaytest.Region
	config string // sluis.yaml
	log    string // all that its processes say, one after another

	process *exec.Cmd
	ended   chan error
	admin   string // http address
}

// prepare makes a region in the usual way, and stops its gateway, so that a process can take over its folder.
func prepare(t testing.TB) *served {
	t.Helper()
	must(t, build())
	r := gatewaytest.Start(t)
	r.Stop()
	h := &served{Region: r, config: filepath.Join(r.Dir, "sluis.yaml"), log: filepath.Join(r.Dir, "serve.log")}
	c := r.Config
	must(t, os.WriteFile(h.config, fmt.Appendf(nil, `dir: %q
api: {listen: %q, publicURL: %q, certFile: %q, keyFile: %q, clientAnchorsFile: %q}
admin: {listen: "127.0.0.1:0"}
cards: {anchorsFile: %q}
limits: {requestsPerSecond: 100000, burst: 100000}
`, c.Dir, c.API.Listen, c.API.PublicURL, c.API.CertFile, c.API.KeyFile, c.API.ClientAnchorsFile, c.Cards.AnchorsFile), 0o600))
	t.Cleanup(func() {
		if h.process != nil {
			h.kill()
		}
	})
	return h
}

// launch starts the process and does not wait until it serves.
func (h *served) launch(t testing.TB, environment ...string) {
	t.Helper()
	if err := os.Remove(h.addresses()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	log, err := os.OpenFile(h.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	defer log.Close()
	h.process = exec.Command(built, "serve", "--config", h.config)
	h.process.Env = append(os.Environ(), environment...)
	h.process.Stdout, h.process.Stderr = log, log
	must(t, h.process.Start())
	h.ended = make(chan error, 1)
	go func(p *exec.Cmd, ended chan<- error) { ended <- p.Wait() }(h.process, h.ended)
}

func (h *served) addresses() string { return filepath.Join(h.Config.Dir, "adressen.json") }

// serve starts the process and waits until it says that it could accept a message.
func (h *served) serve(t testing.TB, environment ...string) {
	t.Helper()
	h.launch(t, environment...)
	h.awaitReady(t)
}

func (h *served) awaitReady(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		select {
		case err := <-h.ended:
			said, _ := os.ReadFile(h.log)
			t.Fatalf("the gateway did not start: %v\n%s", err, said[max(0, len(said)-2000):])
		default:
		}
		if h.ready() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the gateway is not ready within a minute")
		}
	}
}

func (h *served) ready() bool {
	data, err := os.ReadFile(h.addresses())
	var in gateway.Addresses
	if err != nil || json.Unmarshal(data, &in) != nil {
		return false
	}
	h.admin = "http://" + in.Admin
	resp, err := http.Get(h.admin + "/readyz")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// kill ends the process as a power cut would: it gets no say.
func (h *served) kill() {
	_ = h.process.Process.Kill() // it may have ended by itself
	<-h.ended
	h.process = nil
}

// stop ends the process as systemd would, and wants it to end well.
func (h *served) stop(t testing.TB) {
	t.Helper()
	must(t, h.process.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-h.ended:
		h.process = nil
		must(t, err)
	case <-time.After(40 * time.Second):
		t.Fatal("the gateway does not stop")
	}
}
