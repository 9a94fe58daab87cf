package gateway_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// databaseCPU gives what all processes of the region's database used so far, as the kernel counts it (proc(5), /proc/pid/stat: in hundredths
// of a second); 0 when there is no database. A process that ended is counted with its parent.
func databaseCPU(b *testing.B, r *gatewaytest.Region) time.Duration {
	b.Helper()
	if r.Database == nil {
		return 0
	}
	file, err := os.ReadFile(filepath.Join(r.Database.Cluster.Data(), "postmaster.pid"))
	if err != nil {
		b.Fatal(err)
	}
	server, _, _ := strings.Cut(string(file), "\n")
	processes, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		b.Fatal(err)
	}
	var ticks int64
	for _, name := range processes {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has just ended
		}
		_, after, _ := strings.Cut(string(text), ") ") // the name of the program may hold anything
		fields := strings.Fields(after)                // from the third on
		counted := fields[11:13]                       // utime, stime
		if strings.HasPrefix(name, fmt.Sprintf("/proc/%s/", server)) {
			counted = fields[11:15] // and those of children that ended
		} else if fields[1] != server {
			continue
		}
		for _, field := range counted {
			n, err := strconv.ParseInt(field, 10, 64)
			if err != nil {
				b.Fatal(err)
			}
			ticks += n
		}
	}
	return time.Duration(ticks) * time.Second / 100
}
