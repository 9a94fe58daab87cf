package term

import "time"

// Office hours: from which hour until which, as the clock shows in Amsterdam.
const (
	officeOpens  = 8
	officeCloses = 18
)

// InOfficeHours reports whether a moment is on a working day (no Saturday, Sunday or holiday of the Algemene termijnenwet), from
// 08:00 until 18:00 in Amsterdam. The law knows no office hours: a convenant that sets the condition agrees on these.
func InOfficeHours(t time.Time) bool {
	hour := t.In(Zone).Hour()
	return IsWorkday(t) && hour >= officeOpens && hour < officeCloses
}
