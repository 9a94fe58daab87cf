package term

import (
	"errors"
	"regexp"
	"strconv"
	"time"
)

// Term is how long something may take. The zero Term is no term at all. Terms can be compared with ==.
type Term struct {
	workdays              int // when set, nothing else is
	years, days           int // calendar days; a week is seven
	weeks, hours, minutes int
	seconds               int
}

// ErrTerm says, to whoever wrote it, that a text is not a term.
var ErrTerm = errors.New(`geen termijn, zoals "P7D" (dagen), "PT72H" (uren), "P2W" (weken) of "5 werkdagen"`)

// MaxWorkdays is the most working days that a term may have: about a year.
const MaxWorkdays = 250

var (
	isoForm     = regexp.MustCompile(`^P(?:([1-9][0-9]?)Y)?(?:([1-9][0-9]{0,3})D)?(?:T(?:([1-9][0-9]{0,3})H)?(?:([1-9][0-9]{0,3})M)?(?:([1-9][0-9]{0,3})S)?)?$`)
	weeksForm   = regexp.MustCompile(`^P([1-9][0-9]{0,2})W$`) // ISO 8601: weeks stand alone
	workingForm = regexp.MustCompile(`^([1-9][0-9]{0,2}) werkdag(?:en)?$`)
)

// Parse reads a term: ISO 8601 in years, days, hours, minutes and seconds (P5Y, P1DT12H, PT30M) or in weeks (P2W), or "N werkdagen". Months
// are refused: they differ in length, and nobody agrees on how. Its only error is [ErrTerm].
func Parse(text string) (Term, error) {
	if m := workingForm.FindStringSubmatch(text); m != nil {
		if n := number(m[1]); n <= MaxWorkdays {
			return Term{workdays: n}, nil
		}
		return Term{}, ErrTerm
	}
	if m := weeksForm.FindStringSubmatch(text); m != nil {
		return Term{weeks: number(m[1])}, nil
	}
	m := isoForm.FindStringSubmatch(text)
	if m == nil || text[len(text)-1] == 'T' {
		return Term{}, ErrTerm
	}
	t := Term{years: number(m[1]), days: number(m[2]), hours: number(m[3]), minutes: number(m[4]), seconds: number(m[5])}
	if t.IsZero() {
		return Term{}, ErrTerm
	}
	return t, nil
}

// number reads digits that a form let through: at most four of them, or none, which is 0.
func number(digits string) int {
	n, _ := strconv.Atoi("0" + digits)
	return n
}

// IsZero reports whether there is no term.
func (t Term) IsZero() bool { return t == Term{} }

// Exact gives the term as a duration when it has one that is always the same: a day is then 24 hours. Years and working days have
// none.
func (t Term) Exact() (time.Duration, bool) {
	if t.years > 0 || t.workdays > 0 || t.IsZero() {
		return 0, false
	}
	return time.Duration((t.days+7*t.weeks)*24)*time.Hour + t.clock(), true
}

// After gives the last moment, in [Zone], of a term that begins at from. Calendar days keep the time on the clock in Amsterdam (a day of 23 or 25
// hours is one day); hours, minutes and seconds are counted as they pass; working days last until the end of the n-th working day
// after the day of from.
func (t Term) After(from time.Time) time.Time {
	if t.workdays > 0 {
		return endOfWorkday(from, t.workdays)
	}
	end := from.In(Zone)
	if t.years > 0 || t.weeks > 0 || t.days > 0 {
		end = onTheClock(from, t.years, t.days+7*t.weeks)
	}
	return end.Add(t.clock())
}

// clock gives the part that is counted as it passes.
func (t Term) clock() time.Duration {
	return time.Duration(t.hours)*time.Hour + time.Duration(t.minutes)*time.Minute + time.Duration(t.seconds)*time.Second
}
