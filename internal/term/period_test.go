package term_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/term"
)

// TestPeriodUntil has days from a calendar; nothing ends before its time, also when months are short and clocks change.
func TestPeriodUntil(t *testing.T) {
	for _, test := range []struct{ text, from, want string }{
		{"P5Y", "2026-11-22T10:00:00+01:00", "2031-11-23 00:00:00 CET"},
		{"P5Y", "2026-11-21T23:30:00Z", "2031-11-23 00:00:00 CET"}, // the day is Amsterdam's
		{"P1Y", "2028-02-29T09:00:00+01:00", "2029-03-01 00:00:00 CET"},
		{"P1M", "2026-01-31T09:00:00+01:00", "2026-03-01 00:00:00 CET"},
		{"P18M", "2026-11-22T09:00:00+01:00", "2028-05-23 00:00:00 CEST"},
		{"P1Y6M10D", "2026-11-22T09:00:00+01:00", "2028-06-02 00:00:00 CEST"},
		{"P1D", "2026-03-28T12:00:00+01:00", "2026-03-30 00:00:00 CEST"},
	} {
		p, err := term.ParsePeriod(test.text)
		if err != nil {
			t.Fatal(err)
		}
		from, err := time.Parse(time.RFC3339, test.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Until(from).Format(clock); got != test.want {
			t.Errorf("%s from %s: %s, want %s", test.text, test.from, got, test.want)
		}
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	for _, text := range []string{"", "P", "5Y", "P5", "P0Y", "P-5Y", "P5Y1", "PT5H", "P1W", "P1M1Y", "P1000Y", "P5y", " P5Y", "P5Y "} {
		if p, err := term.ParsePeriod(text); err == nil || !p.IsZero() {
			t.Errorf("%q was taken for a period", text)
		}
	}
}

// TestPeriodLaw: a later beginning never gives an earlier end, and the end is after the period.
func TestPeriodLaw(t *testing.T) {
	periods := rapid.SampledFrom([]string{"P1D", "P30D", "P1M", "P13M", "P1Y", "P5Y", "P1Y1M1D", "P100Y"})
	rapid.Check(t, func(t *rapid.T) {
		p, err := term.ParsePeriod(periods.Draw(t, "period"))
		if err != nil {
			t.Fatal(err)
		}
		from := time.Unix(rapid.Int64Range(1_700_000_000, 2_500_000_000).Draw(t, "from"), 0)
		later := from.Add(time.Duration(rapid.Int64Range(0, 40*24*3600).Draw(t, "later")) * time.Second)
		if p.Until(later).Before(p.Until(from)) {
			t.Fatal("a later beginning ended earlier")
		}
		if !p.Until(from).After(from.Add(23 * time.Hour)) {
			t.Fatal("it ended before its time")
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"P5Y", "P18M", "P1Y6M10D", "P", "PT1H", "P999Y999M9999D", "P5Y\n"} {
		f.Add(text)
	}
	from := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := term.ParsePeriod(text)
		if (err == nil) == p.IsZero() {
			t.Fatal("a period is what was read, or nothing")
		}
		if !p.IsZero() && !p.Until(from).After(from) {
			t.Fatal("a period that ends before it begins")
		}
	})
}
