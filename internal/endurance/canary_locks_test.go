package endurance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// TestLookingTakesNoLocksAway: a gateway in this process keeps the locks of its database when a test looks for words in it, see bytesOf.
func TestLookingTakesNoLocksAway(t *testing.T) {
	at := &folder{}
	r := gatewaytest.Start(t, at.option())
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-shm"} {
		file := filepath.Join(at.dir, name)
		if !locked(t, file) {
			t.Fatalf("the gateway has no lock on %s: this shows nothing", name)
		}
		places{}.addFolder(t, "folder", r.Config.Dir, time.Time{})
		if !locked(t, file) {
			t.Errorf("looking took the locks on %s away", name)
		}
	}
}

// locked reports whether this process has a lock on a file, as proc_locks(5) tells: "1: POSIX  ADVISORY  READ 4321 fe:00:1234 128 128".
func locked(t *testing.T, file string) bool {
	t.Helper()
	var info syscall.Stat_t
	must(t, syscall.Stat(file, &info))
	all, err := os.ReadFile("/proc/locks")
	must(t, err)
	for line := range strings.Lines(string(all)) {
		if strings.Contains(line, "POSIX") && strings.Contains(line, fmt.Sprintf(" %d ", os.Getpid())) && strings.Contains(line, fmt.Sprintf(":%d ", info.Ino)) {
			return true
		}
	}
	return false
}
