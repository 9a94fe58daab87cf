package gateway_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/policies"
)

// ask calls the API as somebody and reads the answer into v.
func ask(t *testing.T, r *gatewaytest.Region, who, method, path, body string, v any) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/yaml")
	}
	resp, err := r.Person(who).HTTP().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%s %s: %d, %s", method, path, resp.StatusCode, data)
	}
	return resp.StatusCode
}

// decisions gives the records of kind besluit that somebody's party sees, newest first.
func decisions(t *testing.T, r *gatewaytest.Region, who string) (list []tlog.Record) {
	t.Helper()
	var page struct {
		Records []json.RawMessage `json:"auditregels"`
	}
	if status := ask(t, r, who, http.MethodGet, "/v1/auditregels?logdoel=rechtmatigheid", "", &page); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	for _, raw := range page.Records {
		record, err := tlog.ParseRecord(raw)
		if err != nil {
			t.Fatal(err)
		}
		if record.Kind == tlog.Decided {
			list = append(list, record)
		}
	}
	return list
}

// rulesIn copies the rules of the binary into a folder, as an operator with rules of his own has them.
func rulesIn(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, policies.FS); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestReplayAfterTheRulesChanged: a decision is made again with the rules of its day, whatever decides now; by the gateway, and by
// whoever has the record and the bundle.
func TestReplayAfterTheRulesChanged(t *testing.T) {
	dir := rulesIn(t)
	r := gatewaytest.Start(t, gatewaytest.With(func(c *gateway.Config) { c.Policy.Dir = dir }))
	if status, code := send(t, r); status != http.StatusCreated {
		t.Fatalf("%d %s", status, code)
	}
	record := decisions(t, r, "school/vc-1")[0]
	file := filepath.Join(dir, "sluis", "eigen.rego")
	if err := os.WriteFile(file, []byte("package sluis.eigen\n\nanders := true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := r.Gateway.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	var again replay.Replayed
	path := fmt.Sprintf("/v1/auditregels/%d/herhaling?logdoel=rechtmatigheid", record.Nr)
	for _, who := range []string{"school/vc-1", "politie/wa-7"} {
		if status := ask(t, r, who, http.MethodGet, path, "", &again); status != http.StatusOK || !again.Same || again.Now.Decision != "toegestaan" || again.Then.Policy != *record.Policy {
			t.Fatalf("%s: %d, %+v", who, status, again)
		}
	}
	for who, wrong := range map[string]string{"gemeente/cb-1": path, "school/vc-1": fmt.Sprintf("/v1/auditregels/%d/herhaling?logdoel=rechtmatigheid", record.Nr+1)} {
		var problem struct{ Type string }
		if status := ask(t, r, who, http.MethodGet, wrong, "", &problem); status != http.StatusNotFound {
			t.Errorf("%s, %s: %d %s", who, wrong, status, problem.Type)
		}
	}
	// Who does not believe it fetches the rules, which are the bytes that their digest says, and decides himself.
	var bundle json.RawMessage
	sum, err := digest.Parse(again.Bundle)
	if err != nil {
		t.Fatal(err)
	}
	if status := ask(t, r, "gemeente/cb-1", http.MethodGet, fmt.Sprintf("/v1/beleid/%x", sum[:]), "", &bundle); status != http.StatusOK || digest.Of(bundle) != sum {
		t.Errorf("the rules of that day: %d, %d bytes", status, len(bundle))
	}
	var problem struct{ Type string }
	if status := ask(t, r, "gemeente/cb-1", http.MethodGet, "/v1/beleid/"+strings.Repeat("0", 64), "", &problem); status != http.StatusNotFound {
		t.Errorf("rules that never were: %d %s", status, problem.Type)
	}
	if status, _ := send(t, r); status != http.StatusCreated {
		t.Fatalf("under the new rules: %d", status)
	}
	newer := decisions(t, r, "school/vc-1")[0]
	if *newer.Policy == *record.Policy {
		t.Error("the record does not name the new rules")
	}
	r.Restart() // and after a restart, when nothing is in memory
	if status := ask(t, r, "school/vc-1", http.MethodGet, path, "", &again); status != http.StatusOK || !again.Same {
		t.Errorf("after a restart: %d, %+v", status, again)
	}
}

// TestRulesAreLoadedWholeOrNotAtAll: rules that do not compile change nothing but a warning, and good ones take it away.
func TestRulesAreLoadedWholeOrNotAtAll(t *testing.T) {
	dir := rulesIn(t)
	r := gatewaytest.Start(t, gatewaytest.With(func(c *gateway.Config) { c.Policy.Dir = dir }))
	ready := func() (digest string, text string) {
		resp, err := http.Get("http://" + r.Gateway.Addresses().Admin + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		var body struct {
			Policy string `json:"beleid"`
		}
		if err != nil || json.Unmarshal(data, &body) != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%d %s %v", resp.StatusCode, data, err)
		}
		return body.Policy, string(data)
	}
	before, _ := ready()
	file := filepath.Join(dir, "sluis", "eigen.rego")
	for _, text := range []string{"package sluis.eigen\n\nkapot if {\n", "package sluis.eigen\n\nklok := time.now_ns()\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := r.Gateway.Reload(t.Context()); err == nil {
			t.Errorf("%q was loaded", text)
		}
		if now, body := ready(); now != before || !strings.Contains(body, "waarschuwing") {
			t.Errorf("after %q: %s", text, body)
		}
		if status, code := send(t, r); status != http.StatusCreated {
			t.Errorf("the old rules do not decide: %d %s", status, code)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := r.Gateway.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now, body := ready(); now != before || strings.Contains(body, "waarschuwing") {
		t.Errorf("after good rules: %s", body)
	}
}

// TestSimulate: the version in force changes nothing; one that asks a higher phase turns what was sent in phase 2.
func TestSimulate(t *testing.T) {
	r := gatewaytest.Start(t)
	const sent = 11
	for range sent {
		if status, code := send(t, r); status != http.StatusCreated {
			t.Fatalf("%d %s", status, code)
		}
	}
	path := "/v1/convenanten/" + gatewaytest.ConvenantID + "/simulaties?dagen=30"
	var inForce json.RawMessage
	versions := fmt.Sprintf("/v1/convenanten/%s/versies/%d", gatewaytest.ConvenantID, r.Convenant.Version)
	ask(t, r, "gemeente/cb-1", http.MethodGet, versions, "", &inForce)
	yaml := yamlOf(t, r, versions)
	var s client.Simulation
	if status := ask(t, r, "gemeente/cb-1", http.MethodPost, path, yaml, &s); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if s.Decisions.Others == nil || *s.Decisions.Others < 10 || *s.Decisions.Others > 15 || s.ToNo.Others != nil || s.ToYes.Others != nil || len(s.Groups) != 0 {
		t.Fatalf("the version in force: %+v", s)
	}
	stricter := strings.ReplaceAll(yaml, "fase-minimaal: 2", "fase-minimaal: 3")
	if stricter == yaml {
		t.Fatal("the example asks no phase 2")
	}
	if _, err := convenant.ParseYAML([]byte(stricter)); err != nil {
		t.Fatal(err)
	}
	if status := ask(t, r, "gemeente/cb-1", http.MethodPost, path, stricter, &s); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if s.ToNo.Others == nil || s.ToYes.Others != nil || len(s.Groups) != 1 || s.Groups[0].Reason != "fase-te-laag" || s.Groups[0].From != "school" || s.Groups[0].Kind != "signaal" {
		t.Fatalf("a higher phase: %+v", s)
	}
	for who, want := range map[string]int{"gemeente/ew-1": http.StatusForbidden, "school/vc-1": http.StatusForbidden} {
		var problem struct{ Type string }
		if status := ask(t, r, who, http.MethodPost, path, yaml, &problem); status != want {
			t.Errorf("%s: %d %s", who, status, problem.Type)
		}
	}
	// The parties see that it was asked.
	var page struct {
		Records []struct {
			Kind  string          `json:"soort"`
			Facts json.RawMessage `json:"feiten"`
		} `json:"auditregels"`
	}
	ask(t, r, "politie/wa-7", http.MethodGet, "/v1/auditregels?logdoel=rechtmatigheid", "", &page)
	looks := 0
	for _, record := range page.Records {
		if record.Kind == "raadpleging" && bytes.Contains(record.Facts, []byte("simulatie")) {
			looks++
		}
	}
	if looks != 2 {
		t.Errorf("%d records of simulations, want 2", looks)
	}
}

func yamlOf(t *testing.T, r *gatewaytest.Region, path string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "application/yaml")
	resp, err := r.Person("gemeente/cb-1").HTTP().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", resp.StatusCode, err)
	}
	return string(text)
}
