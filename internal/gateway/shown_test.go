package gateway_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTheNewestCheckpointIsKept outside the database: while the gateway runs, and at its end; and a file that it did not write is no reason
// to go on.
func TestTheNewestCheckpointIsKept(t *testing.T) {
	r := gatewaytest.Start(t)
	file := filepath.Join(r.Config.Dir, "controlepunt")
	read := func() (size int64, data []byte) {
		data, _ = os.ReadFile(file)
		size, _ = tlog.ClaimedSize(data)
		return size, data
	}
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100)
	before, _ := read()
	r.Person("school/vc-1").Send(envelope, payload).Body.Close()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if size, _ := read(); size > before {
			break
		}
	}
	size, _ := read()
	if size <= before {
		t.Errorf("of %d records before and after a message", size)
	}
	r.Stop()
	_, whole := read()
	for name, data := range map[string][]byte{
		"nothing in it": nil, "another size": bytes.Replace(whole, []byte("\n"), []byte("\n1"), 1), "another log": bytes.ReplaceAll(whole, []byte("localhost"), []byte("elders")),
	} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := gateway.New(t.Context(), r.Config, testLogger(t)); !errors.Is(err, gateway.ErrShown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	r.Restart()
}
