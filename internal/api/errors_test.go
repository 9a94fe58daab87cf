package api

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestErrorsSayWhatIsTrue: the answer speaks of what was asked for, and does not claim that nothing was kept where nobody knows.
func TestErrorsSayWhatIsTrue(t *testing.T) {
	for _, c := range []struct {
		err      error
		code     code
		has, not string
	}{
		{relay.ErrErased, erased, "lading", "motivering"},
		{relay.ErrMotivationErased, erased, "motivering", "lading"},
		{relay.ErrNotAddressed, notAddressed, "envelop", "privacyfunctionaris"},
		{relay.ErrMotivationNotYours, notAddressed, "privacyfunctionaris", "bevestigen"},
		{audit.ErrInDoubt, unavailable, "niet zeker", "niets bewaard"},
		{audit.ErrClock, unavailable, "niets bewaard", "niet zeker"},
		{audit.ErrLeap, unavailable, "niets bewaard", "niet zeker"},
	} {
		r := refusalOf(fmt.Errorf("doing something: %w", c.err))
		if r.code != c.code || !strings.Contains(r.detail, c.has) || strings.Contains(r.detail, c.not) {
			t.Errorf("%v: %s: %s", c.err, r.code, r.detail)
		}
		if r.code == unavailable && r.retryAfter == 0 {
			t.Errorf("%v: no Retry-After", c.err)
		}
	}
}
