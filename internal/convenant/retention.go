package convenant

import (
	"strconv"
	"time"
)

// RetainedUntil gives until when an audit record of a moment is kept under this convenant (bewaartermijnAudit), by the calendar.
func (c *Convenant) RetainedUntil(from time.Time) time.Time {
	var years, months, days int
	number := 0
	for _, r := range c.Retention { // P1Y6M10D: the form was checked when it was read
		switch r {
		case 'P':
		case 'Y':
			years, number = number, 0
		case 'M':
			months, number = number, 0
		case 'D':
			days, number = number, 0
		default:
			digit, err := strconv.Atoi(string(r))
			if err != nil {
				return from
			}
			number = 10*number + digit
		}
	}
	return from.AddDate(years, months, days)
}
