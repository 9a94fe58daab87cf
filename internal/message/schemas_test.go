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

func TestKindsOfTheFirstScenarioHaveASchema(t *testing.T) {
	want := []vocabulary.Kind{
		"correctie", "crisismelding", "informatieantwoord", "informatieverzoek", "inschrijvingsantwoord",
		"inschrijvingsvraag", "signaal", "terugkoppeling", "zorgmelding",
	}
	if diff := cmp.Diff(want, message.DefaultSchemas().Kinds()); diff != "" {
		t.Error(diff)
	}
	for _, kind := range want {
		if _, ok := vocabulary.Default().Kind(kind); !ok {
			t.Errorf("the vocabulary does not know %s", kind)
		}
	}
	if _, ok := message.DefaultSchemas().Raw("notificatie"); ok {
		t.Error("a kind without a schema was given one")
	}
}

func TestExamplesAreValid(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		body := example(t, kind)
		if err := message.DefaultSchemas().Validate(kind, body); err != nil {
			t.Errorf("the example of %s: %v", kind, err)
		}
		if _, err := message.DefaultSchemas().Categories(kind, body); err != nil {
			t.Errorf("the categories of the example of %s: %v", kind, err)
		}
	}
}

// example gives the one example of a schema.
func example(t testing.TB, kind vocabulary.Kind) []byte {
	t.Helper()
	examples, _ := schema(t, kind)["examples"].([]any)
	if len(examples) != 1 {
		t.Fatalf("%s has %d examples, want 1", kind, len(examples))
	}
	return encode(t, examples[0])
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
