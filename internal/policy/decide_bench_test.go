package policy_test

import (
	"context"
	"testing"

	"github.com/sluis-gateway/sluis/internal/policy"
)

func BenchmarkDecideAllow(b *testing.B) { benchmarkDecide(b, true, signal(b, example(b))) }

func BenchmarkDecideAllowWpg(b *testing.B) { benchmarkDecide(b, true, request(b, example(b))) }

func BenchmarkDecideDeny(b *testing.B) {
	f := signal(b, example(b))
	f.Stated.Phase = nil
	benchmarkDecide(b, false, f)
}

func benchmarkDecide(b *testing.B, allow bool, f policy.Facts) {
	e := engine(b)
	b.ReportAllocs()
	for b.Loop() {
		if d, err := e.Decide(context.Background(), f); err != nil || d.Allow != allow {
			b.Fatalf("allow %v, error %v", d.Allow, err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}
