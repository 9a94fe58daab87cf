package tlog

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

func TestNamesFollowOnOneAnother(t *testing.T) {
	for origin, want := range map[string]string{
		"a.example/log": "a.example/log/2", "a.example/log/2": "a.example/log/3", "a.example:8443/log/9": "a.example:8443/log/10",
		// No number that we give: part of a first name.
		"a.example/log/1": "a.example/log/1/2", "a.example/log/02": "a.example/log/02/2", "a.example/log/x": "a.example/log/x/2",
		"a.example/kaarten/2": "a.example/kaarten/2/2",
	} {
		if got := Successor(origin); got != want {
			t.Errorf("after %s comes %s", origin, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, maxSuccession).Draw(t, "n")
		if first, k := Succession(NameOf("a.example/log", n)); first != "a.example/log" || k != n {
			t.Fatalf("%d became %s, %d", n, first, k)
		}
	})
}

// One key, two names: what was signed under the one does not verify under the other.
func TestTheSameKeyUnderAnotherName(t *testing.T) {
	secret, public, err := GenerateKey("a.example/log")
	if err != nil {
		t.Fatal(err)
	}
	secret2, err := SecretUnder("a.example/log/2", secret)
	if err != nil {
		t.Fatal(err)
	}
	public2, err := PublicUnder("a.example/log/2", public)
	if err != nil {
		t.Fatal(err)
	}
	if derived, err := PublicOf(secret2); err != nil || derived != public2 || !strings.HasPrefix(public2, "a.example/log/2+") {
		t.Errorf("the two halves do not belong together: %v", err)
	}
	if again, err := SecretUnder("a.example/log", secret2); err != nil || again != secret {
		t.Errorf("back under its first name it is another key: %v", err)
	}
	signer, err := ParseSigner(secret2)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := SignCheckpoint("a.example/log/2", 0, Hash{}, signer)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := ParseVerifier(public)
	second, _ := ParseVerifier(public2)
	if _, _, err := VerifyCheckpoint(signed, "a.example/log/2", second); err != nil {
		t.Error(err)
	}
	if _, err := note.Open(signed, note.VerifierList(first)); err == nil {
		t.Error("the first name answers for the second")
	}
	for _, bad := range []string{"", "x", public, "PRIVATE+KEY+a+b+c"} {
		if _, err := SecretUnder("b/log", bad); !errors.Is(err, ErrKey) {
			t.Errorf("%v", err)
		}
	}
	if _, err := PublicUnder("b/log", secret); !errors.Is(err, ErrKey) {
		t.Error(err)
	}
}
