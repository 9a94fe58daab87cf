package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// TestWhatAnOperatorReadsAboutDayKeys that are not there: to look at the mount first, and the one line that says that they were lost.
func TestWhatAnOperatorReadsAboutDayKeys(t *testing.T) {
	for _, c := range []struct {
		err error
		say []string
	}{
		{gateway.DayKeysNotHereError{Log: "sluis.example/log"}, []string{"store.dayKeysDir", "gekoppeld", "echt verloren", "sluis db verify", "regel: sluis.example/log"}},
		{gateway.ErrDayKeysElsewhere, []string{"store.dayKeysDir", "ander auditspoor", "spoor"}},
	} {
		got := startError(fmt.Errorf("starting: %w", c.err)).Error()
		for _, say := range c.say {
			if !strings.Contains(got, say) {
				t.Errorf("%v does not say %q", got, say)
			}
		}
	}
}
