package gateway_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/freeport"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// startOPA starts the opa of SLUIS_OPA as a server on loopback with the rules (not their tests) and the vocabulary, waits until it
// answers, and gives its URL.
func startOPA(b *testing.B) string {
	b.Helper()
	binary := os.Getenv("SLUIS_OPA")
	if binary == "" {
		b.Fatal("SLUIS_OPA is not set: run internal/tools/bench-authzen.sh")
	}
	words, err := json.Marshal(map[string]any{"vocabulaire": vocabulary.Default().Data()})
	if err != nil {
		b.Fatal(err)
	}
	data := filepath.Join(b.TempDir(), "data.json")
	if err := os.WriteFile(data, words, 0o600); err != nil {
		b.Fatal(err)
	}
	address := freeport.Address(freeport.Take(b))
	opa := exec.Command(binary, "run", "--server", "--addr", address, "--log-level", "error", "--skip-version-check",
		"--ignore", "*_test.rego", "../../policies/sluis", data)
	opa.Stderr = os.Stderr
	if err := opa.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = opa.Process.Kill()
		_ = opa.Wait()
	})
	for range 100 {
		if resp, err := http.Get("http://" + address + "/health"); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			return "http://" + address
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.Fatal("opa does not answer")
	return ""
}

// tokens are those that a benchmark uses, renewed a while before they expire.
var tokens struct {
	sync.Mutex
	token string
	until time.Time
}

// fresh gives a token that is good for a minute at least.
func fresh(p *gatewaytest.Person) string {
	tokens.Lock()
	defer tokens.Unlock()
	if time.Now().After(tokens.until) {
		tokens.token, tokens.until = p.Token(nil), time.Now().Add(time.Minute)
	}
	return tokens.token
}
