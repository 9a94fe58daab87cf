package convenant_test

import (
	"bytes"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// Whatever is accepted can be signed and read again, and nothing makes the reader fall over.
func FuzzParseYAML(f *testing.F) {
	for _, seed := range []string{small, "convenant: x", "- a", "a: &b c\nd: *b", "{a: [1, 2", "a: |\n  b\n", "? a\n: b", "stromen: [{id: 1}]", "\"\\x00\": 1"} {
		f.Add([]byte(seed))
	}
	f.Add(denBosch(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := convenant.ParseYAML(data)
		if err != nil {
			return
		}
		again, err := convenant.ParseCanonical(c.Canonical())
		if err != nil {
			t.Fatalf("accepted, but its canonical form is not: %v", err)
		}
		if again.Digest() != c.Digest() {
			t.Fatal("another digest after reading the canonical form")
		}
	})
}

func FuzzParseCanonical(f *testing.F) {
	f.Add(parse(f, small).Canonical())
	f.Add([]byte(`{"convenant":"x"}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := convenant.ParseCanonical(data); err == nil && !bytes.Equal(c.Canonical(), data) {
			t.Fatal("accepted bytes that are not its canonical form")
		}
	})
}
