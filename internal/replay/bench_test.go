package replay_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// BenchmarkSimulate tries another version on 1,000 decisions.
func BenchmarkSimulate(b *testing.B) {
	c, e := example(b, same), engineOf(b, vocabulary.Default(), "", "")
	draft := example(b, func(s string) string { return strings.ReplaceAll(s, "fase-minimaal: 2", "fase-minimaal: 3") })
	s := &trail{}
	for i := range 1000 {
		s.keep(b, e, signal(c, 1+i%3))
	}
	b.ReportAllocs()
	for b.Loop() {
		simulate(b, s, e, draft)
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}
