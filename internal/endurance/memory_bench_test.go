package endurance

import (
	"fmt"
	"testing"
)

// BenchmarkLargeMessages measures the memory of the gateway and not time: how much VmHWM of `sluis serve`, a process of its own, rises
// above its VmRSS of right before, while messages with an attachment of 25 MiB are sent, fetched and confirmed, all at once. One round
// of small messages went before.
func BenchmarkLargeMessages(b *testing.B) {
	for _, n := range []int{1, 50} {
		b.Run(fmt.Sprintf("at-once=%d", n), func(b *testing.B) {
			s := prepare(b, &folder{})
			s.serve(b)
			newCrowd(b, s, 20, short).pass(b)
			before := s.memory(b)
			var most int64
			for range b.N {
				many := newCrowd(b, s, n, largest)
				most = max(most, s.growth(b, func() { many.pass(b) }))
			}
			b.ReportMetric(0, "ns/op") // left out: the time is that of making the region
			b.ReportMetric(mib(most), "MiB-growth")
			b.ReportMetric(mib(before.now), "MiB-before")
			b.Logf("VmHWM of the gateway's process while %d messages of %d bytes went in, out and away, above VmRSS before: %.1f MiB", n, largest, mib(most))
		})
	}
}
