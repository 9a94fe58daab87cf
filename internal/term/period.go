package term

import (
	"errors"
	"regexp"
	"time"
)

// Period is how long something is kept: years, months and days, as in P5Y, P18M or P1Y6M10D. Periods can be compared with ==; the zero
// Period is none.
type Period struct{ years, months, days int }

// ErrPeriod says, to whoever wrote it, that a text is not a period.
var ErrPeriod = errors.New(`geen periode in jaren, maanden en dagen, zoals "P5Y", "P18M" of "P1Y6M"`)

var periodForm = regexp.MustCompile(`^P(?:([1-9][0-9]{0,2})Y)?(?:([1-9][0-9]{0,2})M)?(?:([1-9][0-9]{0,3})D)?$`)

// ParsePeriod reads a period: ISO 8601 in years, months and days, each at least 1 where it stands. Its only error is [ErrPeriod].
func ParsePeriod(text string) (Period, error) {
	m := periodForm.FindStringSubmatch(text)
	if m == nil || text == "P" {
		return Period{}, ErrPeriod
	}
	return Period{years: number(m[1]), months: number(m[2]), days: number(m[3])}, nil
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// Until gives the end of what is kept for a period from a moment on: the midnight, in [Zone], after the day that lies the period
// later. So everything of one day ends together, and nothing before its time. A month that is too short ends the period with its last
// day, so that a later beginning never gives an earlier end.
func (p Period) Until(from time.Time) time.Time {
	day := from.In(Zone)
	first := time.Date(day.Year()+p.years, day.Month()+time.Month(p.months), 1, 0, 0, 0, 0, Zone)
	last := first.AddDate(0, 1, -1).Day()
	return time.Date(first.Year(), first.Month(), min(day.Day(), last)+p.days+1, 0, 0, 0, 0, Zone)
}
