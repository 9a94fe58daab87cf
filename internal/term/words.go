package term

import (
	"strconv"
	"strings"
)

// String gives the term as it is written in a convenant; "" when there is none.
func (t Term) String() string {
	switch {
	case t.IsZero():
		return ""
	case t.workdays > 0:
		return t.Words()
	case t.weeks > 0:
		return "P" + strconv.Itoa(t.weeks) + "W"
	}
	day, clock := written(t.years, "Y")+written(t.days, "D"), written(t.hours, "H")+written(t.minutes, "M")+written(t.seconds, "S")
	if clock != "" {
		clock = "T" + clock
	}
	return "P" + day + clock
}

func written(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + unit
}

// Words says the term in Dutch: "7 dagen", "1 dag en 12 uur", "5 werkdagen"; "" when there is none.
func (t Term) Words() string {
	var said []string
	for _, part := range []struct {
		n         int
		one, more string
	}{
		{t.workdays, "werkdag", "werkdagen"}, {t.years, "jaar", "jaar"}, {t.weeks, "week", "weken"},
		{t.days, "dag", "dagen"}, {t.hours, "uur", "uur"}, {t.minutes, "minuut", "minuten"},
		{t.seconds, "seconde", "seconden"},
	} {
		switch {
		case part.n == 1:
			said = append(said, "1 "+part.one)
		case part.n > 1:
			said = append(said, strconv.Itoa(part.n)+" "+part.more)
		}
	}
	if last := len(said) - 1; last > 0 {
		return strings.Join(said[:last], ", ") + " en " + said[last]
	}
	return strings.Join(said, "")
}
