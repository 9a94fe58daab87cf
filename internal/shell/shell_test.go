package shell_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/shell"
)

// TestQuotedIsOneWord: what a time line gives to copy must not run anything else.
func TestQuotedIsOneWord(t *testing.T) {
	for word, want := range map[string]string{
		"vc-1": "vc-1", "/a/b.c:d_e": "/a/b.c:d_e", "": "''", "a b": "'a b'", "$(x)": "'$(x)'", "a'b": `'a'\''b'`, "a;b": "'a;b'", "é": "'é'",
	} {
		if got := shell.Quote(word); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}
