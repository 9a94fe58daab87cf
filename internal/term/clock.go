package term

import (
	"fmt"
	"time"
	_ "time/tzdata" // days must not depend on what the machine has installed
)

// Zone is Europe/Amsterdam: the zone in which every day of a term, a card, a convenant and a Wpg decision is meant.
var Zone = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(fmt.Sprintf("embedded zone data without Europe/Amsterdam: %v", err)) // cannot happen: time/tzdata is linked in
	}
	return zone
}()

// onTheClock adds years and days to what the clock in Amsterdam shows.
//
// The clock shows one hour twice in October and leaves one out in March. So that a later beginning never gives an earlier end:
// somebody who begins in the second showing is taken to begin when it is over; an end in an hour that is left out is the moment at
// which the clock jumps; an end in an hour that is shown twice is the second showing. A day that a year does not have (29 February)
// ends the term with the day before: at the beginning of the next month.
func onTheClock(from time.Time, years, days int) time.Time {
	shown := asShown(from)
	moved := shown.AddDate(years, 0, 0)
	if moved.Day() != shown.Day() {
		moved = time.Date(moved.Year(), moved.Month(), moved.Day(), 0, 0, 0, 0, time.UTC)
	}
	return atClock(moved.AddDate(0, 0, days))
}

// asShown gives what the clock in Amsterdam shows, as if it were UTC: a calendar without jumps.
func asShown(t time.Time) time.Time {
	offset := offsetAt(t)
	shown := t.UTC().Add(offset)
	if offsetAt(t.Add(-time.Hour)) > offset { // the second showing
		shown = shown.Truncate(time.Hour).Add(time.Hour)
	}
	return shown
}

// atClock gives the moment at which the clock in Amsterdam shows something.
func atClock(shown time.Time) time.Time {
	const day = 24 * time.Hour
	before, after := offsetAt(shown.Add(-day)), offsetAt(shown.Add(day))
	early, late := shown.Add(-max(before, after)), shown.Add(-min(before, after))
	switch {
	case offsetAt(late) == min(before, after):
		return late.In(Zone)
	case offsetAt(early) == max(before, after):
		return early.In(Zone)
	default: // left out: the clock jumps from a whole hour to the next
		return shown.Truncate(time.Hour).Add(-before).In(Zone)
	}
}

func offsetAt(t time.Time) time.Duration {
	_, seconds := t.In(Zone).Zone()
	return time.Duration(seconds) * time.Second
}
