package gateway

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/term"
)

// checkRetention: what somebody did in the trail must be there still when it is checked once a year.
func (c *Config) checkRetention(faults *fault.List) {
	from := time.Date(2026, 1, 1, 12, 0, 0, 0, term.Zone)
	switch period, err := term.ParsePeriod(c.Log.Retention); {
	case err != nil:
		faults.Add("log.retention", "moet een periode in jaren, maanden en dagen zijn, zoals P5Y")
	case period.Until(from).Before(from.AddDate(1, 0, 0)):
		faults.Add("log.retention", "moet minstens een jaar zijn (P1Y)")
	}
}
