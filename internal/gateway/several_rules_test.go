package gateway_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestRulesOfAnotherVersion: a gateway of another version brings rules that this one cannot use. It goes on with its own, refuses nobody, and
// says so where that is not as it should be; rules for its own form that were brought before those still reach it.
func TestRulesOfAnotherVersion(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.OnPostgres())
	own := digestOf(t, r.Gateway)
	store, err := gateway.OpenStore(t.Context(), r.Config)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	bundle, err := store.Rules(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	newer := func(change func(map[string]any)) []byte { // as another version would write them
		var content map[string]any
		if err := json.Unmarshal(bundle, &content); err != nil {
			t.Fatal(err)
		}
		change(content)
		canonical, err := strictjson.MarshalCanonical(content)
		if err != nil {
			t.Fatal(err)
		}
		return canonical
	}
	rules := func(content map[string]any) map[string]any { return content["regels"].(map[string]any) }
	next := newer(func(c map[string]any) { rules(c)["sluis/eigen.rego"] = "package sluis.eigen\n\nanders := true\n" })
	for _, c := range []struct {
		name    string
		brought [][]byte
		follows bool
		warns   bool
	}{
		{"facts of another form", [][]byte{newer(func(c map[string]any) { c["vorm"] = policy.Form + 1 })}, false, false},
		{"a bundle of another form", [][]byte{newer(func(c map[string]any) { c["bron"] = "nieuw" })}, false, false},
		{"rules that do not compile here", [][]byte{newer(func(c map[string]any) {
			rules(c)["sluis/eigen.rego"] = "package sluis.eigen\n\nx := nieuw.functie(1)\n"
		})}, false, true},
		{"its own once more, after those", [][]byte{bundle}, false, false},
		{"its own form, and then another", [][]byte{next, newer(func(c map[string]any) { c["vorm"] = policy.Form + 2 })}, true, false},
	} {
		for _, b := range c.brought {
			bringAs(t, r, store, b)
		}
		if _, _, code, answer := post(t, r, r.URL); code != http.StatusCreated { // which catches up first
			t.Errorf("%s: %d %s", c.name, code, answer)
		}
		want := own
		if c.follows {
			want = digest.Of(next).String()
		}
		if got := digestOf(t, r.Gateway); got != want {
			t.Errorf("%s: decides by %s, want %s", c.name, got, want)
		}
		if code, body := ready(t, r); code != http.StatusOK || strings.Contains(body, "die hier niet werken") != c.warns {
			t.Errorf("%s: /readyz %d %s", c.name, code, body)
		}
	}
	for range 2 { // a start puts nothing back either
		r.Restart()
		if got := digestOf(t, r.Gateway); got != digest.Of(next).String() {
			t.Errorf("after a start it decides by %s", got)
		}
	}
}

// bringAs brings rules as a gateway of another version does, which shares the database and the key of the log.
func bringAs(t *testing.T, r *gatewaytest.Region, store gateway.Store, bundle []byte) {
	t.Helper()
	secret, err := os.ReadFile(filepath.Join(r.Config.Dir, "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	signer, err := tlog.ParseSigner(string(secret))
	if err != nil {
		t.Fatal(err)
	}
	log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: signer.Name(), Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	sum := digest.Of(bundle).String()
	if _, err := log.Commit(t.Context(), audit.Change{
		Records: []tlog.Record{{Kind: tlog.PolicyKept, Policy: &sum, JWS: &sum}}, Registry: true,
		Writes: []audit.Write{replay.RulesWrite{Digest: sum, Bundle: bundle}},
	}); err != nil {
		t.Fatal(err)
	}
}
