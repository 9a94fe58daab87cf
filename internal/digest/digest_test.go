package digest_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/digest"
)

// empty is the SHA-256 of nothing (FIPS 180-4 example), in the form of RFC 9530.
const empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

func TestOf(t *testing.T) {
	if got := digest.Of(nil).String(); got != empty {
		t.Errorf("got %s", got)
	}
	// RFC 9530, appendix B.1: the digest of {"hello": "world"} and a line end.
	const rfc = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
	if got := digest.Of([]byte("{\"hello\": \"world\"}\n")).String(); got != rfc {
		t.Errorf("got %s", got)
	}
}

func TestParseRefuses(t *testing.T) {
	cases := map[string]string{
		"nothing":               "",
		"another algorithm":     strings.Replace(empty, "sha-256", "sha-512", 1),
		"capitals":              strings.Replace(empty, "sha-256", "SHA-256", 1),
		"no colons":             strings.ReplaceAll(empty, ":", ""),
		"no padding":            strings.Replace(empty, "=:", ":", 2),
		"base64url":             strings.NewReplacer("+", "-", "/", "_").Replace(empty),
		"loose bits":            strings.Replace(empty, "uFU=", "uFV=", 1),
		"too short":             "sha-256=:47DEQpj8HBSa:",
		"a line end":            strings.Replace(empty, "HBSa", "HBS\n", 1),
		"something after it":    empty + ",",
		"parameters":            empty + ";a=1",
		"hexadecimal":           "sha-256=:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855:",
		"padding in the middle": "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS=FU=:",
	}
	for name, text := range cases {
		if d, err := digest.Parse(text); !errors.Is(err, digest.ErrForm) || !d.IsZero() {
			t.Errorf("%s: got %v, %v", name, d, err)
		}
	}
}

// Law: what is written is read back, also as JSON.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := digest.Of(rapid.SliceOf(rapid.Byte()).Draw(t, "data"))
		got, err := digest.Parse(want.String())
		if err != nil || got != want {
			t.Fatalf("got %v, %v", got, err)
		}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var again digest.SHA256
		if err := json.Unmarshal(text, &again); err != nil || again != want {
			t.Fatalf("as JSON: %v, %v", again, err)
		}
	})
}

func TestUnmarshalLeavesNothingBehind(t *testing.T) {
	d := digest.Of([]byte("x"))
	if err := json.Unmarshal([]byte(`"sha-256=:x:"`), &d); !errors.Is(err, digest.ErrForm) {
		t.Errorf("got %v", err)
	}
	if d != digest.Of([]byte("x")) {
		t.Error("a failed read changed the value")
	}
}

// Law: whatever is accepted is written again exactly so; equal digests are equal strings.
func FuzzParse(f *testing.F) {
	f.Add(empty)
	f.Add("sha-256=::")
	f.Add("sha-256=:AAAA:")
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := digest.Parse(text); err == nil && d.String() != text {
			t.Errorf("two texts for one digest")
		}
	})
}
