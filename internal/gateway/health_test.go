package gateway_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
)

// TestDayKeysInDoubt: a new day comes and its key cannot be made. No message can be accepted then, so /readyz says no, and why.
func TestDayKeysInDoubt(t *testing.T) {
	var clock gatewaytest.Clock
	r := gatewaytest.Start(t, gatewaytest.Bare(), gatewaytest.Telling(&clock))
	folder := filepath.Join(r.Config.Dir, daykey.FolderName)
	if status, body := ready(t, r); status != http.StatusOK {
		t.Fatalf("/readyz: %d %s", status, body)
	}
	if err := os.Rename(folder, folder+".weg"); err != nil {
		t.Fatal(err)
	}
	clock.Later(24 * time.Hour)
	if status, body := ready(t, r); status != http.StatusServiceUnavailable || !strings.Contains(body, "dagsleutel") || strings.Contains(body, r.Config.Dir) {
		t.Errorf("/readyz: %d %s", status, body)
	}
	if err := os.Rename(folder+".weg", folder); err != nil {
		t.Fatal(err)
	}
	if status, body := ready(t, r); status != http.StatusOK {
		t.Errorf("/readyz after the trouble: %d %s", status, body)
	}
}
