package term_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/term"
)

const clock = "2006-01-02 15:04:05 MST"

// TestAfter has real days, looked up in a calendar.
func TestAfter(t *testing.T) {
	for _, test := range []struct{ text, from, want string }{
		// Calendar days keep the time on the clock when the clocks change.
		{"P7D", "2026-11-20T14:30:00+01:00", "2026-11-27 14:30:00 CET"},
		{"P1D", "2026-03-28T12:00:00+01:00", "2026-03-29 12:00:00 CEST"}, // 23 hours
		{"P1D", "2026-10-24T12:00:00+02:00", "2026-10-25 12:00:00 CET"},  // 25 hours
		{"PT24H", "2026-03-28T12:00:00+01:00", "2026-03-29 13:00:00 CEST"},
		{"P1D", "2026-03-28T02:30:00+01:00", "2026-03-29 03:00:00 CEST"}, // 02:30 is left out
		{"P1D", "2026-10-24T02:30:00+02:00", "2026-10-25 02:30:00 CET"},  // shown twice: the second
		{"P1D", "2026-10-25T02:30:00+01:00", "2026-10-26 03:00:00 CET"},  // begun in the second showing
		{"P2W", "2026-12-24T09:00:00+01:00", "2027-01-07 09:00:00 CET"},
		{"P1Y", "2028-02-29T09:00:00+01:00", "2029-03-01 00:00:00 CET"}, // until the end of 28 February
		{"P5Y", "2026-02-28T23:30:00Z", "2031-03-01 00:30:00 CET"},      // the day is Amsterdam's
		{"PT1H", "2026-10-25T00:30:00Z", "2026-10-25 02:30:00 CET"},
		{"P1DT12H", "2026-11-20T14:30:00+01:00", "2026-11-22 02:30:00 CET"},
		// Working days: to the end of the n-th after the day itself.
		{"1 werkdag", "2026-11-20T23:59:00+01:00", "2026-11-23 23:59:59 CET"},    // Friday to Monday
		{"1 werkdag", "2026-11-20T23:30:00Z", "2026-11-23 23:59:59 CET"},         // Saturday in Amsterdam
		{"5 werkdagen", "2026-11-18T09:00:00+01:00", "2026-11-25 23:59:59 CET"},  // a plain week
		{"5 werkdagen", "2024-03-27T09:00:00+01:00", "2024-04-05 23:59:59 CEST"}, // Goede Vrijdag 29 March, tweede Paasdag 1 April
		{"5 werkdagen", "2026-04-01T09:00:00+02:00", "2026-04-10 23:59:59 CEST"}, // 3 and 6 April
		{"3 werkdagen", "2026-04-24T09:00:00+02:00", "2026-04-30 23:59:59 CEST"}, // Koningsdag on Monday 27
		{"1 werkdag", "2025-04-25T09:00:00+02:00", "2025-04-28 23:59:59 CEST"},   // Koningsdag on Saturday 26: the 27th is a Sunday
		{"1 werkdag", "2026-05-04T09:00:00+02:00", "2026-05-06 23:59:59 CEST"},   // 5 May
		{"2 werkdagen", "2026-05-12T09:00:00+02:00", "2026-05-15 23:59:59 CEST"}, // Hemelvaartsdag 14 May; the Friday counts
		{"1 werkdag", "2026-05-22T09:00:00+02:00", "2026-05-26 23:59:59 CEST"},   // tweede Pinksterdag 25 May
		{"2 werkdagen", "2026-12-24T09:00:00+01:00", "2026-12-29 23:59:59 CET"},  // Christmas on Friday and Saturday
		{"2 werkdagen", "2029-12-31T09:00:00+01:00", "2030-01-03 23:59:59 CET"},  // Nieuwjaarsdag on Tuesday
	} {
		from, err := time.Parse(time.RFC3339, test.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := parse(t, test.text).After(from).Format(clock); got != test.want {
			t.Errorf("%s from %s: %s, want %s", test.text, test.from, got, test.want)
		}
	}
}

// TestHolidays has every holiday of 2024 to 2030 that falls on a weekday, and nothing else.
func TestHolidays(t *testing.T) {
	closed := map[string]bool{}
	for _, day := range []string{
		"2024-01-01", "2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20", "2024-12-25", "2024-12-26",
		"2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-29", "2025-06-09", "2025-12-25", "2025-12-26",
		"2026-01-01", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25", "2026-12-25",
		"2027-01-01", "2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-17",
		"2028-04-14", "2028-04-17", "2028-04-27", "2028-05-05", "2028-05-25", "2028-06-05", "2028-12-25", "2028-12-26",
		"2029-01-01", "2029-03-30", "2029-04-02", "2029-04-27", "2029-05-10", "2029-05-21", "2029-12-25", "2029-12-26",
		"2030-01-01", "2030-04-19", "2030-04-22", "2030-05-30", "2030-06-10", "2030-12-25", "2030-12-26",
	} {
		closed[day] = true
	}
	// Koningsdag 2024 and 2030 fall on a Saturday, 2025 moves to one; 5 May 2024, 2029 and 2030: see below.
	for _, day := range []string{"2024-04-27", "2025-04-26", "2029-05-05", "2030-04-27", "2030-05-05"} {
		if at, _ := time.Parse(time.DateOnly, day); term.IsWorkday(at) {
			t.Errorf("%s is a working day", day)
		}
	}
	for day := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2031; day = day.AddDate(0, 0, 1) {
		name := day.Format(time.DateOnly)
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		if want := !weekend && !closed[name]; term.IsWorkday(day) != want {
			t.Errorf("%s (%s): working day is %v, want %v", name, day.Weekday(), !want, want)
		}
	}
}
