package gateway_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// process is a measured process, seen from the one that holds the clients.
type process struct {
	in  io.WriteCloser
	out *json.Decoder
}

// launch starts a process that serves in the place of the region's gateway, which was stopped, and ends it with the benchmark.
func launch(b *testing.B, r *gatewaytest.Region, path string) *process {
	b.Helper()
	file := filepath.Join(r.Dir, "sluis.yaml")
	var text strings.Builder
	if err := r.Config.Print(&text); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), benchChild+"="+file, benchPath+"="+path)
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	p := &process{in, json.NewDecoder(out)}
	b.Cleanup(func() {
		in.Close()
		if err := c.Wait(); err != nil {
			b.Errorf("the measured process: %v", err)
		}
	})
	var ready struct{}
	if err := p.out.Decode(&ready); err != nil {
		b.Fatalf("the measured process does not serve: %v", err)
	}
	return p
}

// used asks what the process used so far. From here on it is profiled into a file of SLUIS_BENCH_PROFILE when name is not empty.
func (p *process) used(b *testing.B, name string) (u usage) {
	b.Helper()
	if dir := os.Getenv("SLUIS_BENCH_PROFILE"); dir != "" && name != "" {
		name = filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
	} else {
		name = ""
	}
	if _, err := fmt.Fprintln(p.in, name); err != nil {
		b.Fatal(err)
	}
	if err := p.out.Decode(&u); err != nil {
		b.Fatal(err)
	}
	return u
}
