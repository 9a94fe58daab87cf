package gateway_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// A gateway that saw nothing of the lost part goes on from an older copy, and there come more records than were lost before somebody
// notices. The sender still hears which message is gone, though its number is in use again.
func TestALossBelowWhatWasKeptIsTold(t *testing.T) {
	r := gatewaytest.Start(t)
	school := participant(t, r, "school/vc-1")
	if _, err := signalOf(t, r, school); err != nil {
		t.Fatal(err)
	}
	r.Stop()
	database, older := filepath.Join(r.Config.Dir, sqlite.FolderName), filepath.Join(t.TempDir(), "kopie")
	shown, err := os.ReadFile(filepath.Join(r.Config.Dir, "controlepunt"))
	if err = errors.Join(err, os.CopyFS(older, os.DirFS(database))); err != nil {
		t.Fatal(err)
	}
	r.Restart()
	gone, err := signalOf(t, r, school)
	if err != nil {
		t.Fatal(err)
	}
	r.Stop()
	held, err := os.ReadFile(filepath.Join(r.Person("school/vc-1").Profile, "controlepunt"))
	err = errors.Join(err, os.RemoveAll(database), os.CopyFS(database, os.DirFS(older)), os.WriteFile(filepath.Join(r.Config.Dir, "controlepunt"), shown, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	r.Restart()
	for range 3 {
		if _, _, code, answer := post(t, r, r.URL); code != 201 {
			t.Fatalf("%d %s", code, answer)
		}
	}
	r.Stop()
	if _, err := gateway.AdmitLoss(t.Context(), r.Config, [][]byte{held}); err != nil {
		t.Fatal(err)
	}
	r.Restart()
	losses, err := participant(t, r, "school/vc-1").Losses(t.Context())
	if err != nil || len(losses) != 1 || losses[0].Nr <= losses[0].Lost || !slices.Equal(losses[0].Sent, []string{gone}) {
		t.Fatalf("%+v, %v; want the message that was lost", losses, err)
	}
}
