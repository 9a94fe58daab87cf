package policy_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// BenchmarkDecideAllow: many different messages that are allowed, of all examples. Each class was asked about before.
func BenchmarkDecideAllow(b *testing.B) {
	e := engine(b)
	e.LearnAtOnce(1 << 14)
	all := drawAllowed(b, e, examples(b), 4000)
	quick := 0
	for _, f := range all {
		taught(b, e, f)
		if ok, _, _ := e.Quick(context.Background(), f); ok {
			quick++
		}
	}
	benchmarkDecide(b, e.Decide, true, all)
	b.ReportMetric(100*float64(quick)/float64(len(all)), "%shortcut")
}

// BenchmarkDecideAllowByRules: the same messages, by the rules themselves: what the first messages of a class take.
func BenchmarkDecideAllowByRules(b *testing.B) {
	e := engine(b)
	benchmarkDecide(b, e.Fully, true, drawAllowed(b, e, examples(b), 1000))
}

func BenchmarkDecideAllowWpg(b *testing.B) {
	e, f := engine(b), request(b, example(b))
	e.LearnAtOnce(10)
	taught(b, e, f)
	benchmarkDecide(b, e.Decide, true, []policy.Facts{f})
}

func BenchmarkDecideDeny(b *testing.B) {
	f := signal(b, example(b))
	f.Stated.Phase = nil
	benchmarkDecide(b, engine(b).Decide, false, []policy.Facts{f})
}

// BenchmarkDecideConvenants: one convenant, and five thousand that are all there at once, each with flows of its own, asked in turn so
// that no two messages after one another are under the same one. Both are measured in the same minutes, a hundred messages of the one
// and a hundred of the other, because a machine is never as quiet at one moment as at another.
func BenchmarkDecideConvenants(b *testing.B) {
	const many, messages, batch = 5000, 5000, 100
	before := heap()
	loaded := manyConvenants(b, many)
	perConvenant := float64(heap()-before) / many
	one, oneFacts := learned(b, loaded[:1], messages)
	before = heap()
	all, allFacts := learned(b, loaded, messages)
	perMessage := float64(heap()-before) / messages
	var tookOne, tookAll []time.Duration
	for i := 0; b.Loop(); i++ {
		from := i * batch % messages
		tookOne = append(tookOne, timed(b, one.Decide, true, oneFacts[from:from+batch])...)
		tookAll = append(tookAll, timed(b, all.Decide, true, allFacts[from:from+batch])...)
	}
	half := func(took []time.Duration) float64 {
		slices.Sort(took)
		return float64(took[len(took)/2].Nanoseconds()) / 1000
	}
	b.ReportMetric(half(tookOne), "p50-µs-of-1")
	b.ReportMetric(half(tookAll), "p50-µs-of-5000")
	b.ReportMetric(half(tookAll)/half(tookOne), "5000/1")
	b.ReportMetric(perConvenant, "B/convenant")
	b.ReportMetric(perMessage, "B/message+class")
	runtime.KeepAlive(loaded)
}

// learned gives an engine that was asked before about messages under the convenants, and those messages.
func learned(b *testing.B, loaded []*convenant.Convenant, messages int) (*policy.Engine, []policy.Facts) {
	b.Helper()
	e := engine(b)
	e.LearnAtOnce(1 << 14)
	all := drawAllowed(b, e, loaded, messages)
	for _, f := range all {
		taught(b, e, f)
	}
	return e, all
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// manyConvenants gives as many, after the examples, each with an id, functions and categories of its own.
func manyConvenants(b *testing.B, n int) []*convenant.Convenant {
	b.Helper()
	text, err := policies.FS.ReadFile("convenanten/" + denBosch + "/convenant.yaml")
	if err != nil {
		b.Fatal(err)
	}
	all := make([]*convenant.Convenant, n)
	for i := range all {
		own := strings.Replace(string(text), "id: "+denBosch, fmt.Sprintf("id: convenant-%d", i), 1)
		c, err := convenant.ParseYAML([]byte(own))
		if err != nil {
			b.Fatal(err)
		}
		mark := vocabulary.Function(fmt.Sprintf("functie-%d", i))
		for _, flow := range c.Flows {
			for j := range c.FlowsFor(flow.Kind, flow.From.Role, flow.To.Role) {
				own := &c.FlowsFor(flow.Kind, flow.From.Role, flow.To.Role)[j]
				own.From.Functions = append(slices.Clip(own.From.Functions), mark)
				if k := i % (len(own.Categories) + 1); k < len(own.Categories) && len(own.Categories) > 1 {
					own.Categories = slices.Delete(slices.Clone(own.Categories), k, k+1)
				}
			}
		}
		all[i] = c
	}
	return all
}

// benchmarkDecide asks in turn about each of the messages, and reports what half of the decisions and 99 of 100 took at most.
func benchmarkDecide(b *testing.B, decide func(context.Context, policy.Facts) (policy.Decision, error), allow bool, all []policy.Facts) {
	b.ReportAllocs()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		took = append(took, timed(b, decide, allow, all[i%len(all):i%len(all)+1])...)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-µs")
}

// timed decides on each message, and gives how long each took.
func timed(b *testing.B, decide func(context.Context, policy.Facts) (policy.Decision, error), allow bool, all []policy.Facts) []time.Duration {
	b.Helper()
	took := make([]time.Duration, len(all))
	for i, f := range all {
		began := time.Now()
		d, err := decide(context.Background(), f)
		took[i] = time.Since(began)
		if err != nil || d.Allow != allow {
			b.Fatalf("allow %v, error %v", d.Allow, err)
		}
	}
	return took
}
