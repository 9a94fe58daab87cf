package convenant_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

func TestRetainedUntil(t *testing.T) {
	from := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	for retention, want := range map[string]string{
		"P5Y": "2031-01-31", "P18M": "2027-07-31", "P10D": "2026-02-10", "P1Y2M3D": "2027-04-03", "": "2026-01-31", "onzin": "2026-01-31",
	} {
		got := (&convenant.Convenant{Retention: retention}).RetainedUntil(from).Format(time.DateOnly)
		if got != want {
			t.Errorf("%q: %s, not %s", retention, got, want)
		}
	}
}
