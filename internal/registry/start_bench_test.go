package registry_test

import (
	"bytes"
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// BenchmarkStart is a gateway that starts with many convenants in force, each signed by its ten parties, and many cards: everything is read
// and verified as if it came from a stranger. Beside the time it gives the processor time and the memory that stays.
func BenchmarkStart(b *testing.B) {
	for _, size := range []struct{ convenants, cards int }{{500, 200}, {5000, 2000}} {
		b.Run(fmt.Sprintf("%d convenants, %d cards", size.convenants, size.cards), func(b *testing.B) {
			s := newSetting(b)
			s.PublishCards(b, s.registry)
			s.many(b, size.convenants, size.cards)
			before := inUse()
			var kept *registry.Registry
			processor := processorTime(b)
			for b.Loop() {
				var err error
				kept, err = registry.New(b.Context(), s.store, s.log, s.Anchors, s.clock)
				must(b, err)
			}
			b.ReportMetric((processorTime(b)-processor).Seconds()/float64(b.N), "CPU-s/op")
			b.ReportMetric(float64(inUse()-before)/(1<<20), "MiB")
			if n := len(kept.Snapshot().Convenants()); n != size.convenants {
				b.Fatalf("%d convenants", n)
			}
		})
	}
}

// many keeps so many more cards, and convenants with all their signatures in changes of a hundred.
func (s *setting) many(b *testing.B, convenants, cards int) {
	b.Helper()
	school := s.Parties["school"]
	for i := range cards {
		who := school.Add(b, fmt.Sprintf("nieuw-%d", i), "schoolleiding")
		_, err := s.registry.PublishCard(b.Context(), school.OIN, school.SignPerson(b, who))
		must(b, err)
	}
	base, parties := s.ConvenantYAML(b), s.InOrder()
	var change audit.Change
	flush := func(at int) {
		change.Registry = true
		if at%100 == 99 {
			_, err := s.log.Commit(b.Context(), change)
			must(b, err)
			change = audit.Change{}
		}
	}
	for i := range convenants {
		yaml := bytes.Replace(base, []byte("convenant: denbosch"), fmt.Appendf(nil, "convenant: c%d", i), 1)
		c, err := convenant.ParseYAML(yaml)
		must(b, err)
		sum := c.Digest().String()
		change.Records = append(change.Records, tlog.Record{Kind: tlog.Convenant, JWS: &sum})
		change.Writes = append(change.Writes, convenant.VersionWrite{ID: c.ID, Version: 1, Digest: sum, YAML: yaml, Canonical: c.Canonical()})
		for _, p := range parties {
			change.Writes = append(change.Writes, convenant.SignatureWrite{ID: c.ID, Version: 1, Party: p.OIN, Verdict: convenant.Agreed, Time: s.now,
				Compact: p.SignConvenant(b, c, convenant.Agreed, s.now)})
		}
		flush(i)
	}
}

// inUse is how much memory is in use after what is not has gone.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
