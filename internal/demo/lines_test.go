package demo

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestLinesAsTheyAreShown(t *testing.T) {
	for text, want := range map[string]string{
		"kort": " ✓ kort\n",
		"":     " ✓ \n",
		strings.Repeat("woord ", 20) + "eind": " ✓ " + strings.TrimSpace(strings.Repeat("woord ", 16)) + "\n" +
			"   woord woord woord woord eind\n",
		"geweigerd.\nWant het mag niet.": " ✓ geweigerd.\n   Want het mag niet.\n",
	} {
		if got := wrapped(" ✓ ", text); got != want {
			t.Errorf("%q is shown as\n%s", text, got)
		}
	}
}

// No line is wider than the screen, unless one word is; every word stands there once, in its order.
func TestLinesFitAndLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé✗]{1,20}`), 0, 60).Draw(t, "words")
		shown := wrapped(" ✗ ", strings.Join(words, " "))
		for line := range strings.Lines(shown) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width {
				t.Fatalf("a line of %d characters: %q", n, line)
			}
		}
		if got := strings.Join(strings.Fields(strings.TrimPrefix(shown, " ✗ ")), " "); got != strings.Join(words, " ") {
			t.Fatalf("lost or changed: %q", got)
		}
	})
}
