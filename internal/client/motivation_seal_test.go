package client

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"
)

// FuzzMotivationText: whatever a sender sealed gives a text within its bounds, without commands for a terminal, or a fault.
func FuzzMotivationText(f *testing.F) {
	for _, seed := range []string{`{"tekst":"Waarom."}`, `{"tekst":""}`, `{"tekst":7}`, `{"tekst":"a","tekst":"b"}`, `{"tekst":"\u001b"}`, `[`, ``} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		text, err := motivationText(body)
		if err != nil {
			return
		}
		if n := utf8.RuneCountInString(text); n == 0 || n > maxMotivationText || !utf8.ValidString(text) {
			t.Errorf("a text of %d characters", n)
		}
		if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }); i >= 0 {
			t.Errorf("a control character at %d", i)
		}
	})
}

// TestMotivationForMoreThanTheOfficers: a seal for more people than can have been privacy officers, or of a type that the convenant
// does not allow, is not opened, whoever let it through.
func TestMotivationForMoreThanTheOfficers(t *testing.T) {
	one, err := age.GenerateHybridIdentity()
	check(t, err)
	classic, err := age.GenerateX25519Identity()
	check(t, err)
	for name, c := range map[string]struct {
		keys   []age.Recipient
		most   int
		x25519 bool
		good   bool
	}{
		"for both":                       {[]age.Recipient{one.Recipient(), one.Recipient()}, 2, false, true},
		"for fewer: one was hired since": {[]age.Recipient{one.Recipient()}, 3, false, true},
		"for one more":                   {[]age.Recipient{one.Recipient(), one.Recipient(), one.Recipient()}, 2, false, false},
		"X25519 that is allowed":         {[]age.Recipient{classic.Recipient()}, 2, true, true},
		"X25519 that is not allowed":     {[]age.Recipient{classic.Recipient()}, 2, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := encrypt([]byte(`{}`), []byte(`{"tekst":"Waarom."}`), c.keys)
			check(t, err)
			err = sealedForAtMost(c.most, c.x25519, file)
			var no *Refusal
			if c.good && err != nil || !c.good && (!errors.As(err, &no) || no.Code != PayloadFalse) {
				t.Errorf("got %v", err)
			}
		})
	}
	var cannot *UnreadableError
	if err := sealedForAtMost(2, false, []byte("geen age")); !errors.As(err, &cannot) {
		t.Errorf("no age file: %v", err)
	}
}
