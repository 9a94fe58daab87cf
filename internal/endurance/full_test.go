package endurance

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestADiskThatIsFull fills the disk under PostgreSQL's tables, or under its journal (pg_wal), while messages come in, and makes room again.
// Meanwhile the gateway refuses with 503; afterwards it goes on by itself, nothing that was accepted is lost, and nothing is there twice.
// A full journal ends PostgreSQL, so there somebody starts that again. SLUIS_FULL is how often; by default never, because only root can
// make a small disk.
func TestADiskThatIsFull(t *testing.T) {
	times := int(fromEnvironment(t, "SLUIS_FULL", 0))
	if times == 0 {
		return
	}
	t.Run("tables", func(t *testing.T) {
		c := pgtest.Start(t)
		d := newDisk(t, c, "64m")
		at := inCluster(t, c)
		c.Exec(t, "postgres", "CREATE TABLESPACE small LOCATION '"+d.folder+"'", "ALTER DATABASE "+at.database.Name+" SET TABLESPACE small")
		s := besiege(t, at, times)
		s.strike = func(t testing.TB, _ *rand.Rand) { s.fill(t, d) }
		s.revive = func(t testing.TB, _ *rand.Rand) {
			d.relieve(t)
			s.awaitReady(t)
		}
		s.run(t)
	})
	t.Run("journal", func(t *testing.T) {
		c := pgtest.Start(t, pgtest.Setting("min_wal_size = 32MB"), pgtest.Setting("max_wal_size = 48MB"))
		d := newDisk(t, c, "160m")
		at := inCluster(t, c)
		c.Stop(t)
		journal := filepath.Join(c.Data(), "pg_wal")
		if out, err := exec.Command("cp", "-a", journal+"/.", d.folder).CombinedOutput(); err != nil { // keeps whose they are
			t.Fatalf("moving the journal: %v\n%s", err, out)
		}
		must(t, os.RemoveAll(journal))
		must(t, os.Symlink(d.folder, journal))
		c.Restart(t)
		s := besiege(t, at, times)
		s.strike = func(t testing.TB, _ *rand.Rand) { s.fill(t, d) }
		s.revive = func(t testing.TB, _ *rand.Rand) {
			d.relieve(t)
			c.Kill() // it ended, or cannot end because it is half way recovering
			c.Restart(t)
			s.awaitReady(t)
		}
		s.run(t)
	})
}

// fill fills a disk and sends long messages until the gateway says that it cannot: a database that finds room in its own files needs none.
func (s *siege) fill(t testing.TB, d *disk) {
	t.Helper()
	d.fill(t)
	for range 400 {
		l, err := s.press.one("staged", s.senders[0].Person)
		must(t, err)
		switch got := s.senders[0].call(t.Context(), http.MethodPost, "/v1/berichten", l.contentType, l.body); got.status {
		case http.StatusCreated:
		case http.StatusServiceUnavailable:
			return
		default:
			t.Fatalf("with a full disk the gateway answers %d: %s", got.status, got.body)
		}
	}
	t.Fatal("the disk is full, and messages are still accepted")
}

// disk is a small disk in memory.
type disk struct{ folder, ballast string }

// newDisk mounts one. Its folder belongs to the server's user.
func newDisk(t *testing.T, c *pgtest.Cluster, size string) *disk {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "sluis-disk-")
	must(t, err)
	t.Cleanup(func() { must(t, os.Remove(dir)) })
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "mode=0755,size="+size, "sluis-test", dir).CombinedOutput(); err != nil {
		t.Fatalf("mounting a small disk: %v\n%s", err, out)
	}
	t.Cleanup(func() { must(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	d := &disk{filepath.Join(dir, "server"), filepath.Join(dir, "ballast")}
	must(t, os.Mkdir(d.folder, 0o700))
	info, err := os.Stat(c.Data())
	must(t, err)
	owner := info.Sys().(*syscall.Stat_t)
	must(t, os.Chown(d.folder, int(owner.Uid), int(owner.Gid)))
	return d
}

// fill leaves no room at all.
func (d *disk) fill(t testing.TB) {
	t.Helper()
	file, err := os.Create(d.ballast)
	must(t, err)
	defer file.Close()
	for block := make([]byte, 1<<20); len(block) > 0; {
		if _, err := file.Write(block); errors.Is(err, syscall.ENOSPC) {
			block = block[:len(block)/2]
		} else {
			must(t, err)
		}
	}
}

// relieve makes room again.
func (d *disk) relieve(t testing.TB) {
	t.Helper()
	must(t, os.Remove(d.ballast))
}
