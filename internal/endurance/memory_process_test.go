package endurance

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// memory is what the kernel says of the memory of a process, in bytes.
type memory struct {
	now  int64 // VmRSS: what is in memory
	most int64 // VmHWM: the most that ever was, since the last forget
}

// memory reads /proc/<pid>/status of the gateway. The sender and the recipient are in the process of the test, and not in it.
func (g *gate) memory(t testing.TB) (m memory) {
	t.Helper()
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", g.process.Process.Pid))
	must(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		field := map[string]*int64{"VmRSS": &m.now, "VmHWM": &m.most}[name]
		if field == nil {
			continue
		}
		kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		must(t, err)
		*field = kib << 10
	}
	must(t, lines.Err())
	if m.now == 0 || m.most == 0 {
		t.Fatal("the kernel does not say how much memory the gateway has")
	}
	return m
}

// growth gives how much more memory the gateway had at its most while something happened than right before, in bytes.
func (g *gate) growth(t testing.TB, something func()) int64 {
	t.Helper()
	// 5 makes VmHWM begin again at what is in memory now (proc(5), clear_refs).
	must(t, os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", g.process.Process.Pid), []byte("5"), 0))
	before := g.memory(t)
	something()
	return g.memory(t).most - before.now
}
