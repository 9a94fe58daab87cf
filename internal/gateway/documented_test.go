package gateway

import (
	"os"
	"strings"
	"testing"
)

// TestEverySettingIsDocumented: an operator finds each in docs/operations.md.
func TestEverySettingIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		if !strings.Contains(string(text), "| `"+s.path+"`") && !strings.Contains(string(text), ", `"+s.path+"`") {
			t.Errorf("%s stands in no table of settings", s.path)
		}
	}
}
