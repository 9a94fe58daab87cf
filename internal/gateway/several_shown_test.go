package gateway_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestWhatOneGatewayShowedBindsTheOthers: one that nobody called remembers what the other showed, so that it does not begin on an older
// copy of the database as if nothing was lost.
func TestWhatOneGatewayShowedBindsTheOthers(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.OnPostgres())
	other := r.Another()
	if _, _, code, answer := post(t, r, r.URL); code != http.StatusCreated {
		t.Fatalf("%d %s", code, answer)
	}
	var own, theirs []byte
	var err error
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		own, err = os.ReadFile(filepath.Join(r.Config.Dir, "controlepunt"))
		if err != nil {
			t.Fatal(err)
		}
		theirs, _ = os.ReadFile(filepath.Join(other.Config.Dir, "controlepunt")) // not there until it is written
		if bytes.Equal(own, theirs) {
			return
		}
	}
	t.Errorf("one showed\n%s\nand the other remembers\n%s", own, theirs)
}
