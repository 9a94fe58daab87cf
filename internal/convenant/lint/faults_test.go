package lint_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant/lint"
)

// TestAFaultSaysWhereAndWhatToDo: each fault has its line, and either asks "bedoelt u" or says what to do.
func TestAFaultSaysWhereAndWhatToDo(t *testing.T) {
	for change, want := range map[[2]string]string{
		{"soort: informatieverzoek", "soort: informatieverzook"}:                       `bedoelt u "informatieverzoek"?`,
		{"grondslagen: [besluit-politiegegevens-4-2-1-f]", "grondslagen: [avg-6-1-e]"}: "sluis words grondslagen",
		{"reactietermijn: PT1H", "reactietermijn: gauw"}:                               "schrijf P1D",
		{"bewaartermijnAudit: P5Y", "bewaartermijnAudit: 5 jaar"}:                      "schrijf P5Y",
		{"gedrag, incident]", "gedrag, incident, koffie]"}:                             "sluis words gegevens",
		{`regie: "00000099000000010000"`, `regie: "123"`}:                              "OIN van de gemeente",
		{"titel:", "titels:"}:                                    `bedoelt u "titel"?`,
		{"versie: 1", "versie: 1\nkleur: rood"}:                  "haal dit veld weg",
		{"geldig: {van: 2026-01-01", "geldig: {van: 2030-01-01"}: "schrijf {van",
		{"  veilige-school: een", "\tveilige-school: een"}:       "inspringing",
	} {
		text := strings.Replace(string(guide(t)), change[0], change[1], 1)
		c, found := lint.Read([]byte(text), today)
		if c != nil || len(found) == 0 {
			t.Fatalf("%s is not refused: %+v", change[1], found)
		}
		said := false
		for _, f := range found {
			said = said || strings.Contains(f.Sentence+f.Suggestion, want)
			if f.Severity != lint.Fault || f.Line < 1 || f.Column < 1 || f.Suggestion == "" && !strings.Contains(f.Sentence, "bedoelt u") {
				t.Errorf("%s: %+v", change[1], f)
			}
		}
		if !said {
			t.Errorf("%s: nothing says %q: %+v", change[1], want, found)
		}
	}
}

// TestAllFaultsAtOnce: two slips are two findings, in the order of their lines.
func TestAllFaultsAtOnce(t *testing.T) {
	text := strings.NewReplacer("versie: 1", "versie: een", "P5Y", "vijf").Replace(string(guide(t)))
	_, found := lint.Read([]byte(text), today)
	if len(found) != 2 || found[0].Line >= found[1].Line {
		t.Errorf("not the two faults, in order: %+v", found)
	}
}

// TestAnyErrorIsAFinding: what is no list of faults is told too.
func TestAnyErrorIsAFinding(t *testing.T) {
	if found := lint.Faults(errors.New("stuk")); len(found) != 1 || found[0].Severity != lint.Fault || found[0].Sentence != "stuk" {
		t.Errorf("%+v", found)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(guide(f))
	f.Add([]byte("convenant: a\n"))
	f.Add([]byte("stromen: [{id: a, van: {rol: school}}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, found := lint.Read(text, today)
		if c == nil && len(found) == 0 {
			t.Error("refused, and nothing says why")
		}
		for _, one := range found {
			if c != nil && (one.Line < 1 || one.Severity != lint.Warning) {
				t.Errorf("a warning without a place, or a fault of what was read: %+v", one)
			}
		}
	})
}
