package gateway

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// TestExampleConfiguration: the one in deploy/ has no fault but files that this machine does not have.
func TestExampleConfiguration(t *testing.T) {
	_, err := Load("../../deploy/sluis.yaml", nil)
	var faults fault.List
	if !errors.As(err, &faults) {
		t.Fatalf("got %v", err)
	}
	for _, f := range faults {
		if !strings.HasPrefix(f.Message, "dit bestand is er niet") {
			t.Errorf("%s", f)
		}
	}
}

// TestUnitNamesASetting: a misspelt environment variable in the unit would only be found at the start of the service.
func TestUnitNamesASetting(t *testing.T) {
	unit, err := os.ReadFile("../../deploy/sluis.service")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(unit), "\n") {
		entry, ok := strings.CutPrefix(line, "Environment=")
		if !ok {
			continue
		}
		c := Config{sources: map[string]source{}}
		var faults fault.List
		readEnvironment(&c, []string{entry}, &faults)
		if len(faults) > 0 || len(c.sources) != 1 {
			t.Errorf("%s: %v", entry, faults)
		}
	}
}

// TestUnitLetsAStartEnd: with Type=notify systemd would end a start after a minute and a half, a migration of a long log with it, and
// begin it again for ever.
func TestUnitLetsAStartEnd(t *testing.T) {
	unit, err := os.ReadFile("../../deploy/sluis.service")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(unit), "\n")
	if slices.Contains(lines, "Type=notify") && !slices.Contains(lines, "TimeoutStartSec=infinity") {
		t.Error("a start that takes long is broken off")
	}
}
