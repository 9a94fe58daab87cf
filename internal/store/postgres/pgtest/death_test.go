package pgtest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const childVariable = "SLUIS_PGTEST_CHILD"

// TestDiesWithItsProcess: a test process that is killed takes its cluster along.
func TestDiesWithItsProcess(t *testing.T) {
	if os.Getenv(childVariable) != "" {
		fmt.Printf("folder %s\n", Shared(t).Dir())
		select {} // until killed
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestDiesWithItsProcess$", "-test.v")
	child.Env = append(os.Environ(), childVariable+"=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var dir string
	for lines := bufio.NewScanner(out); dir == "" && lines.Scan(); {
		if at, ok := strings.CutPrefix(lines.Text(), "folder "); ok {
			dir = at
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	if dir == "" {
		t.Fatal("the child made no cluster")
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return
		}
	}
	t.Error("the cluster outlives the process that made it")
}
