package gateway

import (
	"os"
	"runtime/debug"
	"time"
)

// garbagePercent is how much a process may have used up, beside what it holds, before it looks what can be used again (runtime/debug,
// SetGCPercent). A gateway holds little, some 10 MiB, and uses up 0.2 MiB for each message: with 100, Go's own choice, it looks every 50
// messages, and that takes a quarter of its time. What 200 costs in memory stands in docs/prestaties.md.
const garbagePercent = 200

// SetGarbage makes the process leave garbage longer, unless its environment says how long (GOGC). It is for a process that is a gateway
// and nothing else.
func SetGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}

// linger is how long changes wait for company. A database forms batches by itself: what comes while it writes one goes into the next.
// SQLite writes so fast that without a wait everybody would be alone.
func (c *Config) linger() time.Duration {
	if c.Log.Linger == 0 && c.Store.Postgres != "" {
		return -1
	}
	return c.Log.Linger
}
