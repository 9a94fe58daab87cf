package term_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/term"
)

func TestOfficeHours(t *testing.T) {
	for at, want := range map[string]bool{
		"2026-11-23T07:00:00Z": true,  // Monday 08:00 in Amsterdam, in winter
		"2026-11-23T06:59:59Z": false, // a second before
		"2026-11-23T16:59:59Z": true,
		"2026-11-23T17:00:00Z": false,
		"2026-07-06T06:00:00Z": true, // Monday 08:00 in summer
		"2026-07-06T16:00:00Z": false,
		"2026-11-21T10:00:00Z": false, // a Saturday
		"2026-11-22T10:00:00Z": false,
		"2026-04-27T10:00:00Z": false, // King's Day, a Monday
		"2026-12-25T10:00:00Z": false, // Christmas, a Friday
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := term.InOfficeHours(moment); got != want {
			t.Errorf("%s: %v", at, got)
		}
	}
}
