package casefile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/fault"
)

// small is a file with one case.
const small = `partijen:
  school: {oin: "00000099000000030000", soortOnderwijs: vo}
  politie: {oin: "00000099000000020000"}
gevallen:
  - naam: een signaal
    bron: 001 §1.3
    van: school/veiligheidscoordinator
    naar: politie/wijkagent
    soort: signaal
    doel: veilige-school
    grondslag: avg-6-1-e
    gegevens: [signaal, identiteit]
    fase: 2
    verklaringen: [oudersGeinformeerd, proportioneel]
    anders: {vastgesteld/kantooruren: false}
    stroom: signaal-school-politie
    spoor: [besluit, aangeboden]
`

func TestParse(t *testing.T) {
	f, err := casefile.Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	c := f.Cases[0]
	if len(f.Cases) != 1 || c.Line != 5 || c.From.OIN != "00000099000000030000" || *c.From.SchoolType != "vo" || c.To.Function != "wijkagent" ||
		*c.Phase != 2 || len(c.Categories) != 2 || c.Other["vastgesteld/kantooruren"] != false || !c.Allowed() || c.People != 1 ||
		len(c.Trail) != 2 || c.Urgency != "regulier" || c.Source == "" {
		t.Errorf("read as %+v", c)
	}
}

// Each fault is told where it is, and all of them at once.
func TestFaults(t *testing.T) {
	change := func(old, with string) string { return strings.Replace(small, old, with, 1) }
	tests := []struct {
		name, text, want string
		line             int
	}{
		{"no YAML", "gevallen: [", "geldige YAML", 0},
		{"empty", "", "is leeg", 0},
		{"two texts", small + "---\n" + small, "één gevallenbestand", 0},
		{"an anchor", "gevallen: &a []", "ankers", 1},
		{"no cases", "partijen: {}\n", "gevallen): ontbreekt", 1},
		{"unknown key of the file", small + "extra: 1\n", "partijen en gevallen", 18},
		{"unknown key of a case", change("fase:", "faze:"), "bedoelt u fase?", 13},
		{"a key twice", change("fase: 2", "soort: signaal"), "meer dan één keer", 13},
		{"unknown word", change("soort: signaal", "soort: sein"), "geen woord uit de vocabulaire; alle woorden: sluis words soorten", 9},
		{"a slip in a word", change("soort: signaal", "soort: signal"), "bedoelt u signaal?", 9},
		{"unknown word in a list", change("signaal, identiteit", "signaal, naam"), "gegevens[1]", 12},
		{"unknown party", change("naar: politie", "naar: bureau"), "niet bij partijen", 8},
		{"no function", change("politie/wijkagent", "politie"), "partij/functie", 8},
		{"a number as text", change("fase: 2", "fase: twee"), "geheel getal", 13},
		{"a phase that is not", change("fase: 2", "fase: 4"), "geheel getal", 13},
		{"no OIN", change("00000099000000020000", "2"), "geen OIN", 3},
		{"what is missing", change("    doel: veilige-school\n", ""), "doel): ontbreekt", 5},
		{"no outcome", change("    stroom: signaal-school-politie\n", ""), "wat eruit komt", 5},
		{"both outcomes", change("fase: 2", "redenen: [fase-te-laag]"), "niet allebei", 5},
		{"no place in the facts", change("vastgesteld/", "feit/"), "plaats in de feiten", 15},
		{"unknown record", change("aangeboden", "gewist"), "spoor[1]): is geen woord uit de vocabulaire; kies uit: besluit, aangeboden", 17},
		{"deep", "gevallen: " + strings.Repeat("[", 100_000), "te diep", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := casefile.Parse([]byte(test.text))
			var faults fault.List
			if !errors.As(err, &faults) {
				t.Fatalf("no faults: %v", err)
			}
			if !strings.Contains(err.Error(), test.want) || test.line > 0 && faults[0].Line != test.line {
				t.Errorf("told: %v", err)
			}
		})
	}
	_, err := casefile.Parse([]byte(strings.NewReplacer("fase: 2", "fase: 9", "doel: veilige-school", "doel: x", "soort: signaal", "soort: y").Replace(small)))
	var faults fault.List
	if errors.As(err, &faults); len(faults) != 3 {
		t.Errorf("three faults told as %v", err)
	}
}

func TestSameNameTwice(t *testing.T) {
	_, again, _ := strings.Cut(small, "gevallen:\n")
	if _, err := casefile.Parse([]byte(small + again)); err == nil || !strings.Contains(err.Error(), "ander geval") {
		t.Errorf("two cases of one name: %v", err)
	}
}

// FuzzParse: no text makes the reader panic, and what it reads has what every case needs.
func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("gevallen:\n  - {naam: x}\n  - - y\n"))
	f.Add([]byte("partijen: {a: {oin: 3}}\ngevallen: {}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := casefile.Parse(text)
		if err != nil {
			var faults fault.List
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("an error without faults: %v", err)
			}
			return
		}
		for _, c := range file.Cases {
			if c.Name == "" || c.Kind == "" || c.From.OIN == "" || c.To.OIN == "" || c.Allowed() == (len(c.Reasons) > 0) {
				t.Fatalf("a case that says nothing: %+v", c)
			}
		}
	})
}
