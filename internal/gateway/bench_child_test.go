package gateway_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// benchChild names, in the environment, the sluis.yaml that a measured process serves; benchPath says which way in.
const (
	benchChild = "SLUIS_BENCH_CHILD"
	benchPath  = "SLUIS_BENCH_PATH" // whole or bare
)

// TestMain lets this binary be the process that is measured: what the clients cost is then not counted.
func TestMain(m *testing.M) {
	file := os.Getenv(benchChild)
	if file == "" {
		os.Exit(m.Run())
	}
	if err := measured(file, os.Getenv(benchPath)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// usage is what a process used between two moments.
type usage struct {
	CPU     time.Duration `json:"cpu"` // user and system
	Mallocs uint64        `json:"mallocs"`
	Bytes   uint64        `json:"bytes"`
}

// measured serves until its input ends. A line on its input asks for what it used so far; a line with the name of a file begins a
// CPU profile there, which the next line ends.
func measured(file, path string) error {
	config, err := gateway.Load(file, nil)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(filepath.Dir(file), path+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	gateway.SetGarbage()
	serve := serveWhole
	if path == "bare" {
		serve = serveBare
	}
	stop, err := serve(config, slog.New(slog.NewJSONHandler(log, nil)))
	if err != nil {
		return err
	}
	fmt.Println("{}") // it serves
	answers := json.NewEncoder(os.Stdout)
	profiling := func() {}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		profiling()
		profiling = func() {}
		if err := answers.Encode(used()); err != nil {
			return err
		}
		if name := lines.Text(); name != "" {
			if profiling, err = profile(name); err != nil {
				return err
			}
		}
	}
	return stop()
}

func used() usage {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return usage{}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return usage{time.Duration(r.Utime.Nano() + r.Stime.Nano()), m.Mallocs, m.TotalAlloc}
}

func profile(name string) (func(), error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
		if heap, err := os.Create(name + ".allocs"); err == nil {
			_ = pprof.Lookup("allocs").WriteTo(heap, 0)
			heap.Close()
		}
	}, pprof.StartCPUProfile(f)
}

// serveWhole is the product, as cmd/sluis starts it.
func serveWhole(config gateway.Config, logger *slog.Logger) (func() error, error) {
	g, err := gateway.New(context.Background(), config, logger)
	if err != nil {
		return nil, err
	}
	return func() error { return g.Close(context.Background()) }, g.Start(context.Background())
}
