package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// FuzzAccount: whatever file somebody is handed to sign, only an envelope of the right form comes out of it, and what is in the file is
// not repeated to them.
func FuzzAccount(f *testing.F) {
	_, s := waiting(f)
	good, err := writeAccount(s.envelope)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(s.envelope.Compact()))
	f.Add([]byte(`{"versie":2,"envelop":"a.b.c"}`))
	f.Add([]byte(`{"versie":1,"envelop":"a.b.c","envelop":"a.b.c"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		parsed, compact, err := readAccount(data)
		if err != nil {
			if faults := (fault.List{}); !errors.As(err, &faults) || err.Error() != notAnAccount().Error() {
				t.Errorf("not the fault that people read: %v", err)
			}
			return
		}
		if _, err := peek(parsed, compact); err != nil {
			t.Errorf("it was read, and cannot be looked into: %v", err)
		}
		if !bytes.Contains(data, []byte(`"versie"`)) || strings.Count(compact, ".") != 2 {
			t.Error("something that is no account was read")
		}
	})
}

// TestAccountIsReadAsWritten: of the version that this software knows, with nothing beside it.
func TestAccountIsReadAsWritten(t *testing.T) {
	_, s := waiting(t)
	good, err := writeAccount(s.envelope)
	if err != nil {
		t.Fatal(err)
	}
	if _, compact, err := readAccount(good); err != nil || compact != s.envelope.Compact() {
		t.Errorf("what was written is not read: %v", err)
	}
	for name, change := range map[string]func(m map[string]any){
		"of a later version": func(m map[string]any) { m["versie"] = 2 },
		"without a version":  func(m map[string]any) { delete(m, "versie") },
		"with more in it":    func(m map[string]any) { m["lading"] = "" },
		"another object":     func(m map[string]any) { m["envelop"] = strings.Replace(s.envelope.Compact(), ".", "..", 1) },
	} {
		var m map[string]any
		if err := json.Unmarshal(good, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := readAccount(data); err == nil {
			t.Errorf("%s: it was read", name)
		}
	}
}
