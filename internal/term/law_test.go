package term_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/term"
)

// moment draws a moment from 2024 to 2040, often within a day of a change of the clocks.
func moment(t *rapid.T, name string) time.Time {
	from := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if rapid.Bool().Draw(t, name+" near a change") {
		month := rapid.SampledFrom([]time.Month{time.March, time.October}).Draw(t, name+" month")
		year := rapid.IntRange(2024, 2040).Draw(t, name+" year")
		last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
		from = last.AddDate(0, 0, -int(last.Weekday())-rapid.IntRange(0, 1).Draw(t, name+" days before"))
		return from.Add(time.Duration(rapid.IntRange(-180, 180).Draw(t, name+" minutes")) * time.Minute)
	}
	return from.Add(time.Duration(rapid.IntRange(0, 16*365*24*60).Draw(t, name+" minutes")) * time.Minute)
}

func drawTerm(t *rapid.T) term.Term {
	text := rapid.SampledFrom([]string{
		"P1D", "P7D", "P14D", "P1Y", "P2W", "PT1H", "PT72H", "PT30M", "PT45S", "P1DT12H", "P1Y1D", "1 werkdag", "5 werkdagen", "40 werkdagen",
	}).Draw(t, "term")
	parsed, err := term.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// TestLaterBeginningNeverEndsEarlier: nobody gains by sending at the right moment, and every end lies after its beginning.
func TestLaterBeginningNeverEndsEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length, one := drawTerm(t), moment(t, "from")
		other := one.Add(time.Duration(rapid.IntRange(0, 60*36).Draw(t, "later")) * time.Minute)
		if first, second := length.After(one), length.After(other); second.Before(first) || !first.After(one) {
			t.Fatalf("%s: from %v to %v, from %v to %v", length, one, first, other, second)
		}
	})
}

// TestWorkdaysEndOnWorkdays: n working days end on a working day; one more ends later; and exactly n working days lie between.
func TestWorkdaysEndOnWorkdays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, from := rapid.IntRange(1, term.MaxWorkdays-1).Draw(t, "n"), moment(t, "from")
		end, next := workdays(t, n).After(from), workdays(t, n+1).After(from)
		if !term.IsWorkday(end) || term.IsWorkday(end) && end.Add(1).In(term.Zone).Hour() != 0 {
			t.Fatalf("%d working days from %v end at %v", n, from, end)
		}
		if !next.After(end) {
			t.Fatalf("%d working days from %v end no later than %d", n+1, from, n)
		}
		counted, day := 0, from.In(term.Zone)
		noon := time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, term.Zone)
		for day := noon.AddDate(0, 0, 1); !day.After(end); day = day.AddDate(0, 0, 1) {
			if term.IsWorkday(day) {
				counted++
			}
		}
		if counted != n {
			t.Fatalf("%d working days after %v there are %d", n, from, counted)
		}
	})
}

func workdays(t *rapid.T, n int) term.Term {
	parsed, err := term.Parse(fmt.Sprintf("%d werkdagen", n))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// TestExactTermsPassAsTheyAreCounted: hours have nothing to do with calendars.
func TestExactTermsPassAsTheyAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours, from := rapid.IntRange(1, 9999).Draw(t, "hours"), moment(t, "from")
		parsed, err := term.Parse(fmt.Sprintf("PT%dH", hours))
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.After(from).Sub(from); got != time.Duration(hours)*time.Hour {
			t.Fatalf("PT%dH takes %v", hours, got)
		}
	})
}
