package lint_test

import (
	"io/fs"
	"os"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant/lint"
	"github.com/sluis-gateway/sluis/policies"
)

// today is the day of all tests here.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// guide is the convenant of docs/gemeente, from which a beginner starts.
func guide(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../../../docs/gemeente/voorbeeld/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestTheGuideIsCleanButForItsKeys: a beginner who changes nothing must fill in the keys of the parties, and nothing else.
func TestTheGuideIsCleanButForItsKeys(t *testing.T) {
	c, found := lint.Read(guide(t), today)
	if c == nil || len(found) != 1 || found[0].Code != "kaartsleutel-voorbeeld" {
		t.Errorf("the example of the guide: %+v", found)
	}
}

// TestTheExamplesAreNotInDoubt: an example has the warnings that its subject brings, which its text explains, and no others.
func TestTheExamplesAreNotInDoubt(t *testing.T) {
	explained := map[string]bool{"kaartsleutel-voorbeeld": true, "gegevens-bijzonder": true, "gegevens-zonder-uitzondering": true,
		"toestemming-niet-vrij": true, "beeldmateriaal": true}
	files, err := fs.Glob(policies.FS, "convenanten/*/convenant.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("found %d examples: %v", len(files), err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(policies.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		c, found := lint.Read(text, today)
		if c == nil {
			t.Errorf("%s cannot be read: %+v", file, found)
		}
		for _, f := range found {
			if !explained[f.Code] {
				t.Errorf("%s:%d:%d: %s: %s", file, f.Line, f.Column, f.Code, f.Sentence)
			}
		}
	}
}
