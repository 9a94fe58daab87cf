package gateway_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// BenchmarkAccept is the whole way in, over mutual TLS with a token: parse, verify, decide, keep, prove, durable on disk; and beside it
// (bare) the same without policy and signature checks. The gateway is a process of its own: CPU and allocations are its alone. The
// client's work (encrypting, signing, framing) is done before the clock starts.
func BenchmarkAccept(b *testing.B) {
	for _, engine := range engines {
		b.Run(engine.name, func(b *testing.B) {
			r := gatewaytest.Start(b, append(engine.on, gatewaytest.With(unlimited))...)
			sendOne(b, r)
			r.Stop()
			for _, path := range []string{"whole", "bare"} {
				b.Run(path, func(b *testing.B) {
					p := launch(b, r, path)
					for _, clients := range clientCounts {
						b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) { accept(b, r, p, clients) })
					}
				})
			}
		})
	}
}

// clientCounts are how many send at once.
var clientCounts = []int{1, 8, 32, 128}

// engines are the stores that a gateway can have.
var engines = []struct {
	name string
	on   []gatewaytest.Option
}{
	{"postgres", []gatewaytest.Option{gatewaytest.OnPostgres()}},
	{"sqlite", nil},
}

func accept(b *testing.B, r *gatewaytest.Region, p *process, clients int) {
	requests := prepare(b, r, b.N)
	lines := connect(b, r, clients)
	defer withoutGarbage()()
	before, database := p.used(b, b.Name()), databaseCPU(b, r)
	b.ResetTimer()
	took := drive(b, lines, requests)
	b.StopTimer()
	after, database := p.used(b, ""), databaseCPU(b, r)-database
	slices.Sort(took)
	each := func(n uint64) float64 { return float64(n) / float64(b.N) }
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(0, "ns/op") // the same as messages/s
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(each(uint64((after.CPU - before.CPU).Microseconds())), "cpu-µs")
	if r.Database != nil {
		b.ReportMetric(each(uint64(database.Microseconds())), "db-cpu-µs")
	}
	b.ReportMetric(each(after.Mallocs-before.Mallocs), "allocs")
	b.ReportMetric(each(after.Bytes-before.Bytes)/1024, "KiB")
}

// withoutGarbage keeps the clients from looking for garbage while they are timed: that is no part of the way in.
func withoutGarbage() (done func()) {
	runtime.GC()
	before := debug.SetGCPercent(-1)
	return func() { debug.SetGCPercent(before) }
}

// sendOne has the region's own gateway accept one message: what it leaves is what the bare path and plain inserts keep.
func sendOne(b *testing.B, r *gatewaytest.Region) {
	b.Helper()
	envelope, file := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), benchPayload)
	r.Person("school/vc-1").Send(envelope, file).Body.Close()
}
