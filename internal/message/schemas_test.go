package message_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestEveryKindHasASchema: the vocabulary and the schemas name the same kinds.
func TestEveryKindHasASchema(t *testing.T) {
	if diff := cmp.Diff(vocabulary.Default().Kinds(), message.DefaultSchemas().Kinds()); diff != "" {
		t.Errorf("(-vocabulary +schemas):\n%s", diff)
	}
	if _, ok := message.DefaultSchemas().Raw("briefkaart"); ok {
		t.Error("a kind without a schema was given one")
	}
}

// TestBrokenSchemasDecideNothing: what is wrong with a schema is our error, never a fault of the sender and never a yes.
func TestBrokenSchemasDecideNothing(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.json")
	if err := os.WriteFile(other, []byte(`{"type":"integer"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{
		"no JSON":              `{`,
		"not a schema":         `{"type":"iets"}`,
		"refers elsewhere":     `{"properties":{"a":{"$ref":"https://example.com/a.json"}}}`,
		"refers to other file": `{"properties":{"a":{"$ref":"file://` + other + `"}}}`,
	} {
		s, err := message.LoadSchemas(fstest.MapFS{"berichten/signaal/schema.json": {Data: []byte(raw)}})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate("signaal", []byte(`{"a":1}`)); err == nil || errors.As(err, new(fault.List)) {
			t.Errorf("%s: got %v, want an error that is no fault.List", name, err)
		}
		if _, err := s.Categories("signaal", []byte(`{"a":1}`)); err == nil {
			t.Errorf("%s: categories were given", name)
		}
	}
	if _, err := message.LoadSchemas(fstest.MapFS{}); err == nil {
		t.Error("no schemas at all were loaded")
	}
}
