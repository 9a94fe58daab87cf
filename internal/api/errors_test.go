package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
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
		{audit.ErrInDoubt, unavailable, "niet zeker", "is niet vastgelegd"},
		{audit.ErrKept, unavailable, "is vastgelegd", "niet vastgelegd"},
		{fmt.Errorf("%w: %w", audit.ErrKept, audit.ErrNotFound), unavailable, "is vastgelegd", "niet vastgelegd"},
		{errPanicked, unavailable, "niet zeker", "is niet vastgelegd"},
		{audit.ErrClock, unavailable, "is niet vastgelegd", "niet zeker"},
		{audit.ErrLeap, unavailable, "is niet vastgelegd", "niet zeker"},
		{audit.ErrFull, unavailable, "is niet vastgelegd", "niet zeker"},
		{audit.ErrLost, unavailable, "auditspoor", "niet zeker"},
	} {
		r := refusalOf(fmt.Errorf("doing something: %w", c.err))
		if r.code != c.code || !strings.Contains(r.detail, c.has) || strings.Contains(r.detail, c.not) {
			t.Errorf("%v: %s: %s", c.err, r.code, r.detail)
		}
		if r.code != unavailable {
			continue
		}
		if r.retryAfter == 0 || !strings.Contains(r.detail, "precies hetzelfde") {
			t.Errorf("%v: not told when, or what, to send again: %s", c.err, r.detail)
		}
		for path, keeps := range map[string]bool{"/v1/berichten": true, "/v1/convenanten/a/simulaties": false, "/access/v1/evaluation": false} {
			told := toldTo(httptest.NewRequest(http.MethodPost, path, nil), r.detail)
			if (told == r.detail) != keeps || strings.Contains(told, "vastgelegd") != keeps {
				t.Errorf("%v: posting to %s is told %s", c.err, path, told)
			}
		}
		if told := toldTo(httptest.NewRequest(http.MethodGet, "/v1/berichten", nil), r.detail); strings.Contains(told, "vastgelegd") {
			t.Errorf("%v: who only asks is told %s", c.err, told)
		}
	}
}
