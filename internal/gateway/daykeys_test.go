package gateway_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
)

// TestTheFolderOfDayKeysIsNotMounted: at a start nothing begins, and while a gateway runs a recipient is told that it does not work now, not
// that the message was erased.
func TestTheFolderOfDayKeysIsNotMounted(t *testing.T) {
	r := gatewaytest.Start(t)
	folder := filepath.Join(r.Config.Dir, daykey.FolderName)
	signal := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(signal, 100)
	if resp := r.Person("school/vc-1").Send(envelope, payload); resp.StatusCode != http.StatusCreated {
		t.Fatal(resp.Status)
	}
	fetch := func(want int) {
		t.Helper()
		resp, err := r.Person("politie/wa-7").HTTP().Get(r.URL + "/v1/berichten/" + signal.ID + "/lading")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("the payload is answered %s", resp.Status)
		}
	}
	if err := errors.Join(os.Rename(folder, folder+".weg"), os.Mkdir(folder, 0o700)); err != nil {
		t.Fatal(err)
	}
	fetch(http.StatusServiceUnavailable)
	if status, body := ready(t, r); status != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d %s", status, body)
	}
	r.Stop()
	var away gateway.DayKeysNotHereError
	if _, err := gateway.New(t.Context(), r.Config, testLogger(t)); !errors.As(err, &away) || away.Log == "" {
		t.Errorf("it starts without its day keys: %v", err)
	}
	if left := names(t, folder); len(left) > 0 {
		t.Errorf("in the folder below it stands %v", left)
	}
	if err := errors.Join(os.Remove(folder), os.Rename(folder+".weg", folder)); err != nil {
		t.Fatal(err)
	}
	r.Restart()
	fetch(http.StatusOK)
}
