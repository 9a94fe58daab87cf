package convenant_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
)

// flowOf gives the small convenant with one flow of this kind between two sides ("rol/functie"), on a basis, for categories.
func flowOf(kind, from, to, basis, categories string) string {
	side := func(s string) string {
		role, function, _ := strings.Cut(s, "/")
		return "{rol: " + role + ", functies: [" + function + "]}"
	}
	return strings.NewReplacer(
		"soort: signaal", "soort: "+kind,
		"van: {rol: school, functies: [veiligheidscoordinator]}", "van: "+side(from),
		"naar: {rol: politie, functies: [wijkagent]}", "naar: "+side(to),
		"avg-6-1-e", basis, "[signaal, identiteit]", categories,
	).Replace(small)
}

// TestABasisIsWhatTheLawGives: a convenant cannot claim a law for parties or messages that the law is not about.
func TestABasisIsWhatTheLawGives(t *testing.T) {
	const fits, roles = "", "geeft de wet niet aan deze rollen"
	for name, c := range map[string]struct{ kind, from, to, basis, categories, fault string }{
		// Participants of a Zorg- en Veiligheidshuis stand in Wgs, article 2.27: a school is none of them.
		"wgs with a school":           {"check-op-bekendheid", "veilig-thuis/medewerker-veilig-thuis", "school/zorgcoordinator", "wgs-1-7-8", "[identiteit]", roles},
		"wgs by a school":             {"check-op-bekendheid", "school/zorgcoordinator", "ggd/medewerker", "wgs-1-7-8", "[identiteit]", roles},
		"wgs with youth work":         {"check-op-bekendheid", "gi/medewerker", "jongerenwerk/medewerker", "wgs-1-7-8", "[identiteit]", roles},
		"wgs between participants":    {"check-op-bekendheid", "veilig-thuis/medewerker-veilig-thuis", "gi/medewerker", "wgs-1-7-8", "[identiteit]", fits},
		"vto of the college":          {"verzoek-tot-onderzoek", "gemeente/toegang-jeugd", "rvdk/raadsonderzoeker", "jeugdwet-2-4", "[signaal]", fits},
		"jeugdwet 2.4 for a signal":   {"signaal", "gemeente/toegang-jeugd", "rvdk/raadsonderzoeker", "jeugdwet-2-4", "[signaal]", roles},
		"absence":                     {"verzuimmelding", "school/verzuimcoordinator", "leerplicht/leerplichtambtenaar", "leerplichtwet-21a", "[verzuim]", fits},
		"leerplichtwet for a signal":  {"signaal", "school/verzuimcoordinator", "leerplicht/leerplichtambtenaar", "leerplichtwet-21a", "[signaal]", roles},
		"what became of a report":     {"terugkoppeling", "veilig-thuis/medewerker-veilig-thuis", "school/zorgcoordinator", "wmo-4-1-1-2-g", "[signaal]", fits},
		"wmo 4.1.1 g for anything":    {"signaal", "veilig-thuis/medewerker-veilig-thuis", "school/zorgcoordinator", "wmo-4-1-1-2-g", "[signaal]", roles},
		"vital interest for a signal": {"signaal", "school/zorgcoordinator", "politie/wijkagent", "avg-6-1-d", "[signaal]", roles},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := convenant.ParseYAML([]byte(flowOf(c.kind, c.from, c.to, c.basis, c.categories)))
			var list fault.List
			if c.fault == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
			} else if !errors.As(err, &list) || !strings.Contains(list.Error(), c.fault) {
				t.Errorf("error %v, want %q", err, c.fault)
			}
		})
	}
}
