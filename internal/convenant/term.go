package convenant

import (
	"errors"
	"regexp"
	"strconv"
	"time"
)

// ErrTerm says that a text is not a term in days and hours.
var ErrTerm = errors.New(`geen termijn in dagen en uren, zoals "P7D" of "PT72H"`)

var (
	termForm   = regexp.MustCompile(`^P(?:([1-9][0-9]{0,3})D)?(?:T([1-9][0-9]{0,3})H)?$`)
	periodForm = regexp.MustCompile(`^P(?:[1-9][0-9]{0,2}Y)?(?:[1-9][0-9]{0,2}M)?(?:[1-9][0-9]{0,3}D)?$`)
)

// ParseTerm reads an ISO 8601 duration of days and hours (P1D, PT72H, P1DT12H). A day is 24 hours. Its only error is [ErrTerm].
//
// Months and years have no fixed length and are refused here; a retention period keeps them as text.
func ParseTerm(s string) (time.Duration, error) {
	m := termForm.FindStringSubmatch(s)
	if m == nil || (m[1] == "" && m[2] == "") {
		return 0, ErrTerm
	}
	days, _ := strconv.Atoi("0" + m[1])  // the form allows digits only, at most four
	hours, _ := strconv.Atoi("0" + m[2]) // idem
	return time.Duration(days*24+hours) * time.Hour, nil
}

// isPeriod reports whether s is an ISO 8601 period in years, months and days, as bewaartermijnAudit is.
func isPeriod(s string) bool { return s != "P" && periodForm.MatchString(s) }
