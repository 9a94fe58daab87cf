package endurance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// built is where the binary of this run stands; TestMain removes it.
var built string

// build makes the binary once for all tests: what is tested is what ships.
var build = sync.OnceValue(func() error {
	dir, err := os.MkdirTemp("", "sluis-endurance-")
	if err != nil {
		return err
	}
	built = filepath.Join(dir, "sluis")
	cmd := exec.Command("go", "build", "-trimpath", "-o", built, "../../cmd/sluis")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as `make build`
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the binary: %w\n%s", err, out)
	}
	return nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(filepath.Dir(built)) // a temporary folder that stays is the system's to remove
	}
	os.Exit(code)
}

// run runs a command of the binary to its end and gives what it printed.
func run(args ...string) (string, error) {
	if err := build(); err != nil {
		return "", err
	}
	out, err := exec.Command(built, args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("sluis %s: %w\n%s", strings.Join(args[:2], " "), err, out)
	}
	return string(out), nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
