package gateway

import (
	"runtime/debug"
	"testing"
	"time"
)

// TestWhoWaitsForCompany: nobody on PostgreSQL, unless the operator says so; on SQLite as the sequencer chooses.
func TestWhoWaitsForCompany(t *testing.T) {
	for name, c := range map[string]struct {
		postgres     string
		linger, want time.Duration
	}{
		"a file": {"", 0, 0}, "a file, said": {"", time.Second, time.Second},
		"a database": {"host=db", 0, -1}, "a database, said": {"host=db", time.Millisecond, time.Millisecond},
	} {
		config := DefaultConfig()
		config.Store.Postgres, config.Log.Linger = c.postgres, c.linger
		if got := config.linger(); got != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}

// TestGarbageIsTheOperatorsToSay: what the environment says holds.
func TestGarbageIsTheOperatorsToSay(t *testing.T) {
	before := debug.SetGCPercent(70)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	for said, want := range map[string]int{"70": 70, "": garbagePercent} {
		debug.SetGCPercent(70)
		t.Setenv("GOGC", said)
		SetGarbage()
		if got := debug.SetGCPercent(70); got != want {
			t.Errorf("GOGC=%q: %d, not %d", said, got, want)
		}
	}
}
