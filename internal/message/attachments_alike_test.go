package message_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
)

// TestNamesThatAreOneFile: names that are one file on somebody's computer (Windows and macOS do not tell capitals apart, macOS not how an
// accent is written) could not both be kept there, and the recipient could not receive the message.
func TestNamesThatAreOneFile(t *testing.T) {
	for name, pair := range map[string][2]string{
		"capitals":            {"brief.pdf", "BRIEF.pdf"},
		"accents written two": {"caf\u00e9.pdf", "cafe\u0301.pdf"},
		"both":                {"CAF\u00c9.pdf", "cafe\u0301.pdf"},
		"order of marks":      {"a\u0323\u0307.pdf", "a\u0307\u0323.pdf"},
		"long s":              {"les.pdf", "le\u017f.pdf"},
		"kelvin":              {"k.pdf", "\u212a.pdf"},
		"sharp s":             {"stra\u00dfe.pdf", "STRASSE.pdf"},
		"angstrom":            {"\u00e5.pdf", "\u212b.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := message.WithAttachments([]byte(`{}`), []message.Attachment{letter(pair[0]), letter(pair[1])})
			if got := places(t, err); len(got) != 1 || got[0] != "bijlagen[1].naam" {
				t.Errorf("faults at %v", got)
			}
		})
	}
}

// TestNamesThatNoDiskTakes: a name is at most 255 bytes on nearly every file system, and a line is a line.
func TestNamesThatNoDiskTakes(t *testing.T) {
	for name, bad := range map[string]string{
		"bytes":               strings.Repeat("\u4e2d", 84) + ".pdf",
		"line separator":      "brief\u2028.pdf",
		"paragraph separator": "brief\u2029.pdf",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := message.WithAttachments([]byte(`{}`), []message.Attachment{letter(bad)})
			if got := places(t, err); len(got) != 1 || got[0] != "bijlagen[0].naam" {
				t.Errorf("faults at %v", got)
			}
		})
	}
	for _, good := range []string{strings.Repeat("a", 116) + ".pdf", strings.Repeat("\u00e9", 80) + ".pdf", "Schermafbeelding 2026-11-22 om 9.41.00\u202fAM.pdf"} {
		if _, err := message.WithAttachments([]byte(`{}`), []message.Attachment{letter(good)}); err != nil {
			t.Errorf("a good name is refused: %v", err)
		}
	}
}
