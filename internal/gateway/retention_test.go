package gateway

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

func TestRetentionIsAPeriodOfAYearAtLeast(t *testing.T) {
	for text, good := range map[string]bool{
		"P5Y": true, "P1Y": true, "P12M": true, "P366D": true, "P7Y6M": true,
		"P11M": false, "P364D": false, "P1D": false, "": false, "5 jaar": false, "P0Y": false, "PT8760H": false,
	} {
		c := DefaultConfig()
		c.Log.Retention = text
		var faults fault.List
		c.checkRetention(&faults)
		if (len(faults) == 0) != good {
			t.Errorf("%q: %v", text, faults)
		}
	}
}
