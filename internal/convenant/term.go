package convenant

import (
	"errors"
	"time"

	"github.com/sluis-gateway/sluis/internal/term"
)

// ErrTerm says that a text is not a term that always takes as long.
var ErrTerm = errors.New(`geen termijn in dagen en uren, zoals "P7D" of "PT72H"`)

// ParseTerm reads a doorvoertermijn: an ISO 8601 duration that is the same on every day of the year (P1D, PT72H, P1DT12H, P2W). A
// day is 24 hours: how long ciphertext waits must not depend on a calendar. Its only error is [ErrTerm].
//
// A reactietermijn is for people and may be in working days: see [Flow.Reaction].
func ParseTerm(s string) (time.Duration, error) {
	t, err := term.Parse(s)
	if err != nil {
		return 0, ErrTerm
	}
	d, exact := t.Exact()
	if !exact {
		return 0, ErrTerm
	}
	return d, nil
}

// Reaction gives within which term a recipient should react (reactietermijn); false when the flow sets none.
func (f Flow) Reaction() (term.Term, bool) {
	t, err := term.Parse(f.ReactionTerm)
	return t, err == nil
}

// isPeriod reports whether s is an ISO 8601 period in years, months and days, as bewaartermijnAudit is.
func isPeriod(s string) bool {
	_, err := term.ParsePeriod(s)
	return err == nil
}
