package registry_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// BenchmarkCatchUp brings in one signature that another process took in, beside many convenants.
func BenchmarkCatchUp(b *testing.B) {
	for _, many := range []int{100, 1000} {
		b.Run(fmt.Sprint(many), func(b *testing.B) {
			s := newSetting(b)
			s.PublishCards(b, s.registry)
			base := s.ConvenantYAML(b)
			var change audit.Change
			for i := range many {
				yaml := bytes.Replace(base, []byte("convenant: denbosch"), fmt.Appendf(nil, "convenant: c%d", i), 1)
				c, err := convenant.ParseYAML(yaml)
				must(b, err)
				sum := c.Digest().String()
				change.Records = append(change.Records, tlog.Record{Kind: tlog.Convenant, JWS: &sum})
				change.Writes = append(change.Writes, convenant.VersionWrite{ID: c.ID, Version: 1, Digest: sum, YAML: yaml, Canonical: c.Canonical()})
			}
			change.Registry = true
			_, err := s.log.Commit(b.Context(), change)
			must(b, err)
			must(b, s.registry.CatchUp(b.Context()))
			here := s.process(b, s.store)
			school := s.Parties["school"]
			b.ResetTimer()
			for i := range b.N {
				b.StopTimer()
				_, err := s.registry.PublishCard(b.Context(), school.OIN, school.SignPerson(b, school.Add(b, fmt.Sprintf("nieuw-%d", i), "schoolleiding")))
				must(b, err)
				b.StartTimer()
				must(b, here.CatchUp(b.Context()))
			}
		})
	}
}
