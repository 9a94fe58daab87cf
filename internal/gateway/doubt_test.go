package gateway_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/policies"
)

// send posts a signal that would be allowed, and gives the status and the code of a refusal.
func send(t *testing.T, r *gatewaytest.Region) (status int, code string) {
	t.Helper()
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100<<10)
	resp := r.Person("school/vc-1").Send(envelope, payload)
	defer resp.Body.Close()
	var p struct {
		Type string `json:"type"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") == "" {
		t.Error("a 503 without Retry-After")
	}
	return resp.StatusCode, strings.TrimPrefix(p.Type, "urn:sluis:fout:")
}

// kept counts rows that a message would leave, straight from the file: nothing of the gateway is trusted here.
func kept(t *testing.T, r *gatewaytest.Region) map[string]int {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.Config.Dir, sqlite.FolderName, sqlite.FileName)+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tables, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer tables.Close()
	counts := map[string]int{}
	var names []string
	for tables.Next() {
		var name string
		if err := tables.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	for _, name := range names {
		var n int
		if err := db.QueryRow(`SELECT count(*) FROM "` + name + `"`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[name] = n
	}
	return counts
}

func unchanged(t *testing.T, before, after map[string]int) {
	t.Helper()
	for name, n := range after {
		if before[name] != n {
			t.Errorf("table %s went from %d to %d rows", name, before[name], n)
		}
	}
}

// ready asks /readyz.
func ready(t *testing.T, r *gatewaytest.Region) (status int, body string) {
	t.Helper()
	resp, err := http.Get("http://" + r.Gateway.Addresses().Admin + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// TestRulesInDoubt: rules that fail while they decide are a 503 and nothing kept; rules that do not compile are no start.
func TestRulesInDoubt(t *testing.T) {
	own := filepath.Join(t.TempDir(), "regels")
	if err := os.CopyFS(own, policies.FS); err != nil {
		t.Fatal(err)
	}
	rule := filepath.Join(own, "sluis", "algemeen", "stuk.rego")
	failing := "package sluis.algemeen\n\nbezwaar contains x if {\n\tx := 1 / (input.vastgesteld.betrokkenen * 0)\n}\n"
	if err := os.WriteFile(rule, []byte(failing), 0o600); err != nil {
		t.Fatal(err)
	}
	r := gatewaytest.Start(t, gatewaytest.With(func(c *gateway.Config) { c.Policy.Dir = own }))
	before := kept(t, r)
	if status, code := send(t, r); status != http.StatusServiceUnavailable || code != "nu-niet-mogelijk" {
		t.Errorf("got %d %s", status, code)
	}
	unchanged(t, before, kept(t, r))

	if err := os.WriteFile(rule, []byte("package sluis.algemeen\n\nbezwaar contains"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.Stop()
	if g, err := gateway.New(t.Context(), r.Config, testLogger(t)); err == nil || g != nil || !strings.Contains(err.Error(), "stuk.rego:3") {
		t.Errorf("broken rules: %v", err)
	}
	if err := os.Remove(rule); err != nil {
		t.Fatal(err)
	}
	r.Restart()
	if status, _ := send(t, r); status != http.StatusCreated {
		t.Errorf("after the trouble: %d", status)
	}
}

// TestStoreInDoubt: a store that cannot be written to is a 503 and nothing kept.
func TestStoreInDoubt(t *testing.T) {
	r := gatewaytest.Start(t)
	if status, _ := ready(t, r); status != http.StatusOK {
		t.Fatalf("not ready: %d", status)
	}
	before := kept(t, r)
	// Another process holds the write lock for longer than the gateway waits: to the gateway the file is read-only.
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.Config.Dir, sqlite.FolderName, sqlite.FileName)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if status, code := send(t, r); status != http.StatusServiceUnavailable || code != "nu-niet-mogelijk" {
		t.Errorf("got %d %s", status, code)
	}
	if status, body := ready(t, r); status != http.StatusServiceUnavailable || !strings.Contains(body, "auditspoor") {
		t.Errorf("/readyz: %d %s", status, body)
	}
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	unchanged(t, before, kept(t, r))
	if status, _ := send(t, r); status != http.StatusCreated {
		t.Errorf("after the trouble: %d", status)
	}
}

// TestClockInDoubt: a clock behind the log is a 503 and nothing kept; the sender's clock 10 minutes off is a 400.
func TestClockInDoubt(t *testing.T) {
	var back atomic.Int64
	r := gatewaytest.Start(t, gatewaytest.With(func(c *gateway.Config) {
		c.Now = func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }
	}))
	before := kept(t, r)
	back.Store(int64(30 * time.Second)) // within what an envelope and a token allow
	if status, code := send(t, r); status != http.StatusServiceUnavailable || code != "nu-niet-mogelijk" {
		t.Errorf("got %d %s", status, code)
	}
	if status, body := ready(t, r); status != http.StatusServiceUnavailable || !strings.Contains(body, "klok") {
		t.Errorf("/readyz: %d %s", status, body)
	}
	unchanged(t, before, kept(t, r))
	back.Store(0)
	if status, _ := send(t, r); status != http.StatusCreated {
		t.Errorf("after the trouble: %d", status)
	}
}

// TestSecondGatewayIsKeptOut of a folder that is in use.
func TestSecondGatewayIsKeptOut(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	second := r.Config
	second.API.Listen = "127.0.0.1:0"
	g, err := gateway.New(t.Context(), second, testLogger(t))
	if !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("got %v", err)
	}
	if g != nil {
		t.Error("there is a second gateway")
	}
	if status, _ := ready(t, r); status != http.StatusOK {
		t.Error("the first one suffers")
	}
}
