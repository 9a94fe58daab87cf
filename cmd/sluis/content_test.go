package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/spf13/cobra"
)

// TestContentDoesNotSteerTheTerminal: what a sender wrote is shown, and cannot clear a screen or turn a sentence around.
func TestContentDoesNotSteerTheTerminal(t *testing.T) {
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	body := []byte("{\"a\":\"\u009b2J \u202eom \x7f \U000e0041 caf\u00e9\"}")
	if err := keepBody(cmd, "", body, nil); err != nil {
		t.Fatal(err)
	}
	const want = "{\n  \"a\": \"\\u009b2J \\u202eom \\u007f \\udb40\\udc41 caf\u00e9\"\n}\n"
	if out.String() != want {
		t.Errorf("shown: %q", out.String())
	}
	var was, is map[string]string
	if json.Unmarshal(body, &was) != nil || json.Unmarshal(out.Bytes(), &is) != nil || was["a"] != is["a"] {
		t.Error("what is shown is no longer the same JSON")
	}
}
