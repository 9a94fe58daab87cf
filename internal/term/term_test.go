package term_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/term"
)

func parse(t *testing.T, text string) term.Term {
	t.Helper()
	parsed, err := term.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return parsed
}

func TestParse(t *testing.T) {
	for text, words := range map[string]string{
		"P7D": "7 dagen", "P1D": "1 dag", "PT1H": "1 uur", "PT72H": "72 uur", "P1DT12H": "1 dag en 12 uur", "P2W": "2 weken", "P1W": "1 week",
		"P5Y": "5 jaar", "PT90M": "90 minuten", "P1Y2DT3H4M": "1 jaar, 2 dagen, 3 uur en 4 minuten", "P9999DT9999H": "9999 dagen en 9999 uur",
		"5 werkdagen": "5 werkdagen", "1 werkdag": "1 werkdag", "250 werkdagen": "250 werkdagen",
	} {
		got := parse(t, text)
		if got.Words() != words || got.String() != text || got.IsZero() {
			t.Errorf("%s: %q, %q", text, got.String(), got.Words())
		}
	}
	for _, text := range []string{
		"", "P", "PT", "P1", "1D", "P0D", "PT0H", "P01D", "P-1D", "P1.5D", "P1M", "P100Y", "P1000W", "P1W1D", "p1d", "P1D ", "P1DT", "P10000D",
		"PT1H1D", "P1D\n", "0 werkdagen", "251 werkdagen", "5werkdagen", "5  werkdagen", "vijf werkdagen", "5 dagen", "5 werkdagen\n", "-5 werkdagen",
	} {
		if got, err := term.Parse(text); err == nil || !got.IsZero() {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestExact(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"PT72H": 72 * time.Hour, "P1D": 24 * time.Hour, "P2W": 14 * 24 * time.Hour, "P1DT12H30M": 36*time.Hour + 30*time.Minute,
		"P1Y": 0, "3 werkdagen": 0,
	} {
		got, ok := parse(t, text).Exact()
		if got != want || ok != (want > 0) {
			t.Errorf("%s: %v, %v", text, got, ok)
		}
	}
	if _, ok := (term.Term{}).Exact(); ok {
		t.Error("no term has a duration")
	}
}

// TestNoTermEndsWhereItBegins: the zero term is "no term" and must not surprise who adds it.
func TestNoTermEndsWhereItBegins(t *testing.T) {
	now := time.Date(2026, 3, 29, 1, 30, 0, 7, time.UTC)
	if got := (term.Term{}).After(now); !got.Equal(now) || (term.Term{}).Words() != "" || (term.Term{}).String() != "" {
		t.Errorf("got %v", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"P1D", "PT72H", "P1DT12H", "P5Y", "P2W", "PT30M", "PT1M30S", "5 werkdagen", "1 werkdag", "P1Y2DT3H4M", "werkdagen"} {
		f.Add(seed)
	}
	from := time.Date(2026, 4, 2, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := term.Parse(text)
		if (err == nil) == parsed.IsZero() {
			t.Fatalf("%v with %v", parsed, err)
		}
		if err != nil {
			return
		}
		again, err := term.Parse(parsed.String())
		if err != nil || again != parsed {
			t.Errorf("written as %q it is another term", parsed.String())
		}
		if !parsed.After(from).After(from) || parsed.Words() == "" {
			t.Error("a term that takes no time, or has no words")
		}
	})
}
