package gateway

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTwoProcessesWithOneFile: whoever writes last, the largest checkpoint stays.
func TestTwoProcessesWithOneFile(t *testing.T) {
	const name = "sluis.test/log"
	secret, _, err := tlog.GenerateKey(name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := tlog.ParseSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), shownName)
	names := logNames{first: name, secret: secret, current: 1}
	here, there := &shownFile{path: path, names: names}, &shownFile{path: path, names: names}
	for size := int64(2); size < 200; size += 2 {
		var both sync.WaitGroup
		for i, s := range []*shownFile{here, there} {
			checkpoint, err := tlog.SignCheckpoint(name, size+int64(i), tlog.Hash{}, signer)
			if err != nil {
				t.Fatal(err)
			}
			both.Go(func() {
				if err := s.keep(checkpoint); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := tlog.ClaimedSize(data); err != nil || kept != size+1 {
			t.Fatalf("the file holds %d, and %d was shown: %v", kept, size+1, err)
		}
		here, there = there, here
	}
}
