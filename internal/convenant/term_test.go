package convenant_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

func TestParseTerm(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"P1D": 24 * time.Hour, "PT72H": 72 * time.Hour, "P1DT12H": 36 * time.Hour, "P14D": 14 * 24 * time.Hour, "PT1H": time.Hour, "P1W": 7 * 24 * time.Hour, "PT30M": 30 * time.Minute,
		"P9999DT9999H": (9999*24 + 9999) * time.Hour,
	} {
		if got, err := convenant.ParseTerm(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "P", "PT", "P1", "1D", "P0D", "PT0H", "P01D", "P-1D", "P1.5D", "P1M", "P1Y", "5 werkdagen", "p1d", "P1D ", "P1DT", "P10000D", "PT1H1D", "P1D\n"} {
		if got, err := convenant.ParseTerm(text); err == nil || got != 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestReactionOfAFlow: what people agreed on in a convenant comes out as a term, and nothing as none.
func TestReactionOfAFlow(t *testing.T) {
	for written, words := range map[string]string{"": "", "P7D": "7 dagen", "5 werkdagen": "5 werkdagen", `"1 werkdag"`: "1 werkdag", "P1Y": "1 jaar"} {
		line := `artikel: "3"`
		if written != "" {
			line += "\n    reactietermijn: " + written
		}
		flow := parse(t, with(t, `artikel: "3"`, line)).Flows[0]
		term, ok := flow.Reaction()
		if ok != (written != "") || term.Words() != words {
			t.Errorf("%s: %v, %v", written, term, ok)
		}
	}
}

func FuzzParseTerm(f *testing.F) {
	for _, seed := range []string{"P1D", "PT72H", "P1DT12H", "P5Y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := convenant.ParseTerm(text); (err == nil) != (d > 0) {
			t.Errorf("%v with %v", d, err)
		}
	})
}
