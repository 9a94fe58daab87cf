package lint_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant/lint"
)

// TestNoWarningWithoutReason: what looks like a mistake and is none. A colleague who cries wolf is not listened to.
func TestNoWarningWithoutReason(t *testing.T) {
	const crisis = "  - id: crisismelding-school-politie"
	strict := "[vaste-contactpersoon, {fase-minimaal: 2}, ouders-geinformeerd, proportioneel]"
	for name, c := range map[string]struct {
		code   string
		change []string
	}{
		"a narrower flow to more people": {"stroom-binnen-andere", []string{crisis,
			strings.Replace(twice("tweede", "[avg-6-1-e]", "[signaal, identiteit]", strict), "    soort:", "    maximumDeelnemers: 9\n    soort:", 1) + crisis}},
		"another flow for one kind of school": {"stroom-binnen-andere", []string{crisis,
			twice("tweede", "[avg-6-1-e]", "[signaal, identiteit]", strict) + crisis,
			"3.40\"\n    soort: signaal\n    van: {rol: school, ", "3.40\"\n    soort: signaal\n    van: {rol: school, soortOnderwijs: [vo], "}},
		"a flow on another basis": {"stroom-binnen-andere", []string{crisis, twice("tweede", "[avg-6-1-c]", "[signaal, identiteit]", strict) + crisis}},
		"consent to youth work": {"toestemming-niet-vrij", []string{"rol: halt", "rol: jongerenwerk", "besluit-politiegegevens-4-2-1-f", "wpg-20",
			"functies: [medewerker]}\n    naar: {rol: school, functies: [veiligheidscoordinator, zorgcoordinator]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]",
			"functies: [medewerker]}\n    naar: {rol: school, functies: [veiligheidscoordinator, zorgcoordinator]}\n    doelen: [veilige-school]\n    grondslagen: [toestemming]"}},
		"a correction of health data":        {"gegevens-zonder-uitzondering", []string{"gegevens: [signaal, incident, identiteit, gedrag]", "gegevens: [signaal, incident, identiteit, gedrag, gezondheid]"}},
		"police data from the police":        {"politiegegevens-doorgegeven", nil},
		"the lead that shares nothing":       {"partij-zonder-stroom", nil},
		"a short retention without police":   {"bewaartermijn-kort", []string{"rol: politie", "rol: jongerenwerk", "functies: [wijkagent, schoolcontactpersoon]", "functies: [medewerker]", "wpg-20", "avg-6-1-e", "besluit-politiegegevens-4-2-1-f", "avg-6-1-e", "P5Y", "P1Y"}},
		"an answer to one of many questions": {"antwoord-van-ander", nil},
	} {
		text := string(guide(t))
		for i := 0; i < len(c.change); i += 2 {
			changed := strings.ReplaceAll(text, c.change[i], c.change[i+1])
			if changed == text {
				t.Fatalf("%s: the guide holds no %s", name, c.change[i])
			}
			text = changed
		}
		read, found := lint.Read([]byte(text), today)
		if read == nil {
			t.Errorf("%s cannot be read: %+v", name, found)
		}
		for _, f := range found {
			if f.Code == c.code {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}
