package lint_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant/lint"
)

// TestEachWarning changes the example of the guide in one way, and wants the warning that belongs to it, where the change was made.
func TestEachWarning(t *testing.T) {
	const halt = `  - {oin: "00000099000000080000", rol: halt, `
	for _, c := range []struct {
		code, where string // where: what stands on the line that the warning names
		change      []string
	}{
		{"partij-zonder-stroom", "rol: ggd", []string{halt, `  - {oin: "00000099000000120000", rol: ggd, kaartsleutel: "sha-256=:` + strings.Repeat("A", 43) + `=:"}` + "\n" + halt}},
		{"stroom-zonder-partij", "naar: {rol: halt", []string{halt, `  - {oin: "00000099000000080000", rol: ggd, `}},
		{"stroom-zonder-partij", "van: {rol: halt", []string{"naar: {rol: school, functies: [veiligheidscoordinator, zorgcoordinator]}", "naar: {rol: halt, functies: [medewerker]}"}},
		{"kaartsleutel-voorbeeld", "rol: gemeente", nil},
		{"kaartsleutel-gedeeld", "rol: halt", []string{"xQRtRHTvzFyNNKtQMEoAF6zSiPe69Y16l6RgP2qKY3Q=", "ER5mZIV2qaOxUz3YLJ08ienhipIKek3vTqP0RFcOsI0="}},
		{"doel-ongebruikt", "hulp-en-zorg: hulp", []string{"doelen:\n", "doelen:\n  hulp-en-zorg: hulp\n"}},
		{"functie-zonder-mens", "van: {rol: politie", []string{"van: {rol: politie, functies: [wijkagent,", "van: {rol: politie, functies: [aansluiting,"}},
		{"functie-die-toeziet", "naar: {rol: halt", []string{"naar: {rol: halt, functies: [medewerker]}", "naar: {rol: halt, functies: [medewerker, privacyfunctionaris]}"}},
		{"wpg-besluit-ongenoemd", "grondslagen: [wpg-20]", []string{"vaste-contactpersoon, wpg-besluit, proportioneel]", "vaste-contactpersoon, proportioneel]"}},
		{"meldcode-ongenoemd", "voorwaarden: [vaste-contactpersoon, {fase", []string{
			"rol: halt, functies: [medewerker]", "rol: veilig-thuis, functies: [medewerker-veilig-thuis]", halt, `  - {oin: "00000099000000080000", rol: veilig-thuis, `,
			"besluit-politiegegevens-4-2-1-f", "besluit-politiegegevens-4-2-1-i",
			"veilig-thuis]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]", "veilig-thuis]}\n    doelen: [veilige-school]\n    grondslagen: [wmo-5-2-6]"}},
		{"politiegegevens-doorgegeven", "gegevens: [politiegegevens, ", []string{"gegevens: [identiteit, gedrag", "gegevens: [politiegegevens, identiteit, gedrag"}},
		{"toestemming-als-terugval", "grondslagen: [toestemming, ", []string{"grondslagen: [avg-6-1-e]", "grondslagen: [toestemming, avg-6-1-e]"}},
		{"toestemming-niet-vrij", "grondslagen: [toestemming]", []string{"grondslagen: [avg-6-1-e]", "grondslagen: [toestemming]"}},
		{"wet-ongenoemd", `artikel: "3"`, []string{`"3; Wet voortgezet onderwijs 2020, artikel 3.40"`, `"3"`}},
		{"gegevens-bijzonder", "gezondheid", []string{"gegevens: [identiteit, gedrag", "gegevens: [gezondheid, identiteit, gedrag"}},
		{"gegevens-zonder-uitzondering", "gezondheid", []string{"gegevens: [identiteit, gedrag", "gegevens: [gezondheid, identiteit, gedrag"}},
		{"beeldmateriaal", "beeldmateriaal", []string{"gegevens: [identiteit, gedrag", "gegevens: [beeldmateriaal, identiteit, gedrag"}},
		{"anoniem-met-naam", "gegevens: [signaal, incident, identiteit]", []string{"{fase-minimaal: 2}, ", "anoniem, "}},
		{"gegevens-te-weinig", "gegevens: [incident, gedrag]", []string{"gegevens: [identiteit, gedrag, incident]", "gegevens: [incident, gedrag]"}},
		{"antwoord-zonder-vraag", "soort: terugkoppeling", []string{"soort: signaal\n    van: {rol: politie", "soort: notificatie\n    van: {rol: politie"}},
		{"antwoord-van-ander", "van: {rol: halt", []string{"naar: {rol: halt, functies: [medewerker]}", "naar: {rol: halt, functies: [casusregisseur]}"}},
		{"antwoord-van-ander", "van: {rol: school", []string{
			"functies: [wijkagent, schoolcontactpersoon]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]\n    gegevens: [identiteit, gedrag, incident]",
			"functies: [jeugdcoordinator]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]\n    gegevens: [identiteit, gedrag, incident]"}},
		{"vraag-zonder-antwoord", "soort: informatieverzoek", []string{"soort: informatieantwoord", "soort: notificatie"}},
		{"reactietermijn-ontbreekt", "id: crisismelding", []string{"    reactietermijn: PT1H\n", ""}},
		{"correctie-ontbreekt", "id: terugkoppeling-halt-school", []string{"soort: correctie\n    van: {rol: halt, functies: [medewerker]}\n    naar: {rol: school", "soort: notificatie\n    van: {rol: halt, functies: [medewerker]}\n    naar: {rol: school"}},
		{"correctie-te-smal", "gegevens: [", []string{"gegevens: [signaal, incident, identiteit, gedrag]", "gegevens: [signaal, identiteit]"}},
		{"stroom-dubbel", "id: tweede", []string{"  - id: crisismelding-school-politie", twice("tweede", "[avg-6-1-e]", "[signaal, incident, identiteit]", "[vaste-contactpersoon, {fase-minimaal: 2}, ouders-geinformeerd, proportioneel]") + "  - id: crisismelding-school-politie"}},
		{"stroom-binnen-andere", "id: tweede", []string{"  - id: crisismelding-school-politie", twice("tweede", "[avg-6-1-e]", "[signaal, identiteit]", "[vaste-contactpersoon, {fase-minimaal: 2}, ouders-geinformeerd, proportioneel]") + "  - id: crisismelding-school-politie"}},
		{"voorwaarde-omzeild", "id: signaal-school-politie", []string{"  - id: crisismelding-school-politie", twice("tweede", "[avg-6-1-e]", "[signaal, incident, identiteit]", "[vaste-contactpersoon]") + "  - id: crisismelding-school-politie"}},
		{"geldigheid-loopt-af", "geldig:", []string{"tot: 2029-12-31", "tot: 2027-01-21"}},
		{"geldigheid-voorbij", "geldig:", []string{"tot: 2029-12-31", "tot: 2026-11-21"}},
		{"bewaartermijn-kort", "bewaartermijnAudit", []string{"bewaartermijnAudit: P5Y", "bewaartermijnAudit: P47M"}},
		{"sleutels-verouderd", "x25519", []string{"doelen:\n  v", "x25519: toegestaan\ndoelen:\n  v"}},
	} {
		text := string(guide(t))
		for i := 0; i < len(c.change); i += 2 {
			changed := strings.Replace(text, c.change[i], c.change[i+1], -1)
			if changed == text {
				t.Fatalf("%s: the guide holds no %s", c.code, c.change[i])
			}
			text = changed
		}
		_, found := lint.Read([]byte(text), today)
		if !warned(text, found, c.code, c.where) {
			t.Errorf("%s is not found on a line with %q: %+v", c.code, c.where, found)
		}
		for _, f := range found {
			if f.Severity != lint.Warning || f.Suggestion == "" || f.Sentence == "" {
				t.Errorf("%s: %+v", c.code, f)
			}
		}
	}
}

// twice is a signaal of the school to the police, beside the one of the guide.
func twice(id, bases, data, conditions string) string {
	return "  - id: " + id + "\n    artikel: \"3; Wpg\"\n    soort: signaal\n" +
		"    van: {rol: school, functies: [veiligheidscoordinator, zorgcoordinator]}\n    naar: {rol: politie, functies: [wijkagent, schoolcontactpersoon]}\n" +
		"    doelen: [veilige-school]\n    grondslagen: " + bases + "\n    gegevens: " + data + "\n    voorwaarden: " + conditions + "\n    reactietermijn: P1D\n"
}

func warned(text string, found []lint.Finding, code, where string) bool {
	lines := strings.Split(text, "\n")
	for _, f := range found {
		if f.Code == code && f.Line > 0 && strings.Contains(lines[f.Line-1], where) {
			return true
		}
	}
	return false
}

// TestSixtyDaysAheadIsNotSoon holds the edge of the warning.
func TestSixtyDaysAheadIsNotSoon(t *testing.T) {
	for until, soon := range map[string]bool{"2027-01-21": true, "2027-01-22": false, "2026-11-22": true} {
		text := strings.Replace(string(guide(t)), "tot: 2029-12-31", "tot: "+until, 1)
		_, found := lint.Read([]byte(text), today)
		if warned(text, found, "geldigheid-loopt-af", "geldig:") != soon {
			t.Errorf("until %s: soon is not %v", until, soon)
		}
	}
}
