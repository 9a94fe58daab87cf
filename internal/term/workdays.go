package term

import "time"

// endOfWorkday gives the last moment of the n-th working day after the day of from.
func endOfWorkday(from time.Time, n int) time.Time {
	y, m, d := from.In(Zone).Date()
	day := date(y, m, d)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if isWorkday(day) {
			n--
		}
	}
	return atClock(day.AddDate(0, 0, 1)).Add(-1)
}

// IsWorkday reports whether the day of t in Amsterdam is a working day: not a Saturday, a Sunday or a public holiday.
func IsWorkday(t time.Time) bool { return isWorkday(date(t.In(Zone).Date())) }

func isWorkday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !isHoliday(day)
}

// isHoliday follows the Algemene termijnenwet, article 3: "Algemeen erkende feestdagen in de zin van deze wet zijn: de
// Nieuwjaarsdag, de Christelijke tweede Paas- en Pinksterdag, de beide Kerstdagen, de Hemelvaartsdag, de dag waarop de verjaardag
// van de Koning wordt gevierd en de vijfde mei" (lid 1), and: "Voor de toepassing van deze wet wordt de Goede Vrijdag met de in
// het vorige lid genoemde dagen gelijkgesteld" (lid 2).
//
// Days that the Crown puts on a par with these for some years (lid 3; the Friday after Hemelvaartsdag, for one) are not counted: they
// are for terms set by law, and who agrees on a term of working days does not know them yet.
func isHoliday(day time.Time) bool {
	y, m, d := day.Date()
	switch {
	case m == time.January && d == 1, m == time.May && d == 5, m == time.December && (d == 25 || d == 26):
		return true
	case day.Equal(kingsDay(y)):
		return true
	}
	switch days := int(day.Sub(easter(y)) / (24 * time.Hour)); days {
	case -2, 1, 39, 50: // Goede Vrijdag, tweede Paasdag, Hemelvaartsdag, tweede Pinksterdag
		return true
	}
	return false
}

// kingsDay is 27 April, or the 26th when that is a Sunday: since 2014, before there was any Sluis.
func kingsDay(year int) time.Time {
	day := date(year, time.April, 27)
	if day.Weekday() == time.Sunday {
		return date(year, time.April, 26)
	}
	return day
}

// easter gives Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(year, time.Month(n/31), n%31+1)
}

// date is a day of a calendar without clocks.
func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
