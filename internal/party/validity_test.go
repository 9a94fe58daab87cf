package party_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

func TestContains(t *testing.T) {
	span := party.Validity{From: "2026-03-29", Until: "2026-10-25"} // both days on which the clock changes
	cases := map[string]bool{
		"2026-03-28T22:59:59Z":      false, // 23:59:59 on the 28th in Amsterdam (winter time)
		"2026-03-28T23:00:00Z":      true,  // midnight there
		"2026-03-29T12:00:00Z":      true,
		"2026-10-25T22:59:59Z":      true,  // 23:59:59 on the last day, winter time again
		"2026-10-25T23:00:00Z":      false, // the day after
		"2026-10-26T05:00:00+14:00": true,  // whatever the offset: it is the moment that counts
		"2025-07-01T12:00:00Z":      false,
		"2027-07-01T12:00:00Z":      false,
	}
	for text, want := range cases {
		at, err := time.Parse(time.RFC3339, text)
		check(t, err)
		if got := span.Contains(at); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	day := party.Validity{From: "2026-01-01", Until: "2026-01-01"}
	if !day.Contains(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)) {
		t.Error("a span of one day does not contain that day")
	}
	if (party.Validity{}).Contains(time.Now()) || (party.Validity{}).Contains(time.Time{}) {
		t.Error("the zero span contains something")
	}
}
