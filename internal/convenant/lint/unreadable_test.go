package lint_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant/lint"
)

// TestWhatCannotBeReadSaysWhy: what goes wrong in an editor rather than in a thought has one finding, which tells what to do about
// that and not about something else.
func TestWhatCannotBeReadSaysWhy(t *testing.T) {
	whole := string(guide(t))
	for name, test := range map[string]struct{ text, sentence, advice string }{
		"a tab":          {strings.Replace(whole, "    artikel:", "\tartikel:", 1), "springt in met een tab; gebruik spaties", "spaties"},
		"a tab in a map": {strings.Replace(whole, "  veilige-school: een", "\tveilige-school: een", 1), "springt in met een tab", "spaties"},
		"indentation":    {strings.Replace(whole, "    soort: signaal", "   soort: signaal", 1), "inspringing", "inspringing met spaties"},
		"an open quote":  {strings.Replace(whole, "titel: ", `titel: "`, 1), "aanhalingstekens", "aanhalingsteken gesloten"},
		"two colons":     {strings.Replace(whole, "belang: een", "belang: een: ", 1), "dubbele punten", "dubbele punt"},
		"an anchor":      {strings.Replace(whole, "doelen: [", "doelen: &d [", 1), "ankers", "schrijf voluit"},
		"not UTF-8":      {strings.Replace(whole, "Sr,", "Sr\xe9,", 1), "UTF-8", "codering UTF-8"},
		"UTF-16":         {"\xff\xfec\x00o\x00n\x00", "UTF-8", "codering UTF-8"},
		"nothing":        {"", "is leeg", "voorbeeld"},
		"only blanks":    {"\n \n", "is leeg", "voorbeeld"},
		"two texts":      {whole + "---\n" + whole, "één convenant", "voorbeeld"},
	} {
		c, found := lint.Read([]byte(test.text), today)
		if c != nil || len(found) != 1 {
			t.Fatalf("%s: not one finding: %+v", name, found)
		}
		if f := found[0]; f.Place != "" || !strings.Contains(f.Sentence, test.sentence) || !strings.Contains(f.Suggestion, test.advice) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestAnEditorsMarkIsNoFault: a byte order mark and the line ends of Windows change nothing.
func TestAnEditorsMarkIsNoFault(t *testing.T) {
	plain, found := lint.Read(guide(t), today)
	marked, again := lint.Read([]byte("\xef\xbb\xbf"+strings.ReplaceAll(string(guide(t)), "\n", "\r\n")), today)
	if marked == nil || marked.Digest() != plain.Digest() || len(found) != len(again) {
		t.Errorf("another convenant: %+v", again)
	}
}

// TestAdviceBelongsToTheField: the days of a term are no people, and a function that a role does not have names those that it has.
func TestAdviceBelongsToTheField(t *testing.T) {
	for change, want := range map[[2]string]string{
		{"van: 2026-01-01", "van: 1 januari 2026"}:     "schrijf {van: 2027-01-01",
		{"functies: [medewerker]", "functies: [baas]"}: "casusregisseur",
	} {
		_, found := lint.Read([]byte(strings.Replace(string(guide(t)), change[0], change[1], 1)), today)
		if len(found) != 1 || !strings.Contains(found[0].Sentence+found[0].Suggestion, want) {
			t.Errorf("%s: not %q: %+v", change[1], want, found)
		}
	}
}
