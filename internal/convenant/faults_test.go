package convenant_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
)

// What is wrong is told with line, column and place, and with what to do; the wrong value itself is not repeated.
func TestFaults(t *testing.T) {
	cases := map[string]struct {
		old, new string
		line     int
		place    string
		message  string
	}{
		"unknown category":         {"gegevens: [signaal, identiteit]", "gegevens: [signaal, identiteid]", 22, "stromen[0].gegevens[1]", `bedoelt u "identiteit"?`},
		"unknown role":             {"rol: politie, k", "rol: polite, k", 10, "partijen[1].rol", `bedoelt u "politie"?`},
		"unknown kind":             {"soort: signaal", "soort: sinjaal", 17, "stromen[0].soort", `bedoelt u "signaal"?`},
		"function of another":      {"functies: [wijkagent]", "functies: [zorgcoordinator]", 19, "stromen[0].naar.functies[0]", "geen functie bij deze rol"},
		"unknown purpose":          {"  veilige-school: een", "  veilige-scholen: een", 13, "doelen.veilige-scholen", `bedoelt u "veilige-school"?`},
		"purpose not agreed":       {"    doelen: [veilige-school]", "    doelen: [hulp-en-zorg]", 20, "stromen[0].doelen[0]", "geen doel van dit convenant"},
		"opsporing":                {"  veilige-school: een", "  opsporing: een", 13, "doelen.opsporing", "vordering"},
		"consent of public bodies": {"van: {rol: school, functies: [veiligheidscoordinator]}\n    naar: {rol: politie, functies: [wijkagent]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]", "van: {rol: gemeente, functies: [toegang-jeugd]}\n    naar: {rol: politie, functies: [wijkagent]}\n    doelen: [veilige-school]\n    grondslagen: [toestemming]", 21, "stromen[0].grondslagen[0]", "geeft de wet niet aan deze rollen"},
		"no legal basis":           {"    grondslagen: [avg-6-1-e]\n", "", 15, "stromen[0].grondslagen", "convenant is zelf geen grondslag"},
		"empty legal bases":        {"grondslagen: [avg-6-1-e]", "grondslagen: []", 21, "stromen[0].grondslagen", "ten minste 1"},
		"basis of others":          {"grondslagen: [avg-6-1-e]", "grondslagen: [wmo-5-2-6]", 21, "stromen[0].grondslagen[0]", "geeft de wet niet aan deze rollen"},
		"unknown condition":        {"vaste-contactpersoon,", "vaste-contactpersonen,", 23, "stromen[0].voorwaarden[0]", `bedoelt u "vaste-contactpersoon"?`},
		"quota without parameter":  {"vaste-contactpersoon,", "maximum,", 23, "stromen[0].voorwaarden[0]", "aantal en een periode"},
		"quota of a number":        {"vaste-contactpersoon,", "{maximum: 3},", 23, "stromen[0].voorwaarden[0]", "aantal en een periode"},
		"quota of nothing":         {"vaste-contactpersoon,", "{maximum: {aantal: 0, per: P1D}},", 23, "stromen[0].voorwaarden[0].maximum.aantal", "van 1 tot en met 1000"},
		"quota of too many":        {"vaste-contactpersoon,", "{maximum: {aantal: 1001, per: P1D}},", 23, "stromen[0].voorwaarden[0].maximum.aantal", "van 1 tot en met 1000"},
		"quota in working days":    {"vaste-contactpersoon,", "{maximum: {aantal: 3, per: 5 werkdagen}},", 23, "stromen[0].voorwaarden[0].maximum.per", "dagen en uren"},
		"quota without period":     {"vaste-contactpersoon,", "{maximum: {aantal: 3}},", 23, "stromen[0].voorwaarden[0].maximum.per", "dagen en uren"},
		"quota of years":           {"vaste-contactpersoon,", "{maximum: {aantal: 3, per: P367D}},", 23, "stromen[0].voorwaarden[0].maximum.per", "hoogstens een jaar"},
		"quota with more":          {"vaste-contactpersoon,", "{maximum: {aantal: 3, per: P1D, van: x}},", 23, "stromen[0].voorwaarden[0].maximum.van", "geen bekend veld"},
		"parameter too much":       {"vaste-contactpersoon,", "{vaste-contactpersoon: 2},", 23, "stromen[0].voorwaarden[0]", "heeft geen waarde"},
		"parameter missing":        {"{fase-minimaal: 2}", "fase-minimaal", 23, "stromen[0].voorwaarden[1]", "geheel getal nodig van 1 tot en met 3"},
		"parameter too high":       {"{fase-minimaal: 2}", "{fase-minimaal: 4}", 23, "stromen[0].voorwaarden[1]", "van 1 tot en met 3"},
		"list missing":             {"vaste-contactpersoon,", "leeftijdsgroep,", 23, "stromen[0].voorwaarden[0]", "lijst nodig"},
		"list empty":               {"vaste-contactpersoon,", "{leeftijdsgroep: []},", 23, "stromen[0].voorwaarden[0]", "lijst nodig"},
		"list of numbers":          {"vaste-contactpersoon,", "{leeftijdsgroep: [12]},", 23, "stromen[0].voorwaarden[0]", "lijst nodig"},
		"list of others":           {"vaste-contactpersoon,", "{leeftijdsgroep: [12-18]},", 23, "stromen[0].voorwaarden[0].leeftijdsgroep[0]", `bedoelt u "12-17"?`},
		"condition twice":          {"{fase-minimaal: 2}", "vaste-contactpersoon", 23, "stromen[0].voorwaarden[1]", "meer dan één keer"},
		"school types":             {"{rol: politie, functies", "{rol: politie, soortOnderwijs: [vo], functies", 19, "stromen[0].naar.soortOnderwijs", "rol school"},
		"day":                      {"tot: 2028-12-31", "tot: 2028-02-30", 6, "geldig.tot", "bestaat"},
		"order of days":            {"tot: 2028-12-31", "tot: 2024-12-31", 6, "geldig.tot", "voor de eerste dag"},
		"lead takes no part":       {`regie: "00000099000000010000"`, `regie: "00000099000000090000"`, 7, "regie", "geen partij"},
		"unquoted number":          {`regie: "00000099000000010000"`, "regie: 12345678901234567890", 7, "regie", "aanhalingstekens"},
		"card key":                 {"sha-256=:AQEB", "sha-256=:AQE", 10, "partijen[1].kaartsleutel", "digest"},
		"party twice":              {`oin: "00000099000000020000"`, `oin: "00000099000000010000"`, 10, "partijen[1].oin", "meer dan één keer"},
		"unknown key":              {"titel: Een proef", "titel: Een proef\nondertitel: x", 4, "ondertitel", "geen bekend veld"},
		"misspelt key":             {"belang:", "belangen:", 5, "belangen", `bedoelt u "belang"?`},
		"retention":                {"P5Y", "5 jaar", 24, "bewaartermijnAudit", "P5Y"},
		"reaction term":            {`artikel: "3"`, "artikel: \"3\"\n    reactietermijn: P1M", 17, "stromen[0].reactietermijn", "PT72H"},
		"transit in working days":  {`artikel: "3"`, "artikel: \"3\"\n    doorvoertermijn: 5 werkdagen", 17, "stromen[0].doorvoertermijn", "dagen en uren"},
		"transit too long":         {`artikel: "3"`, "artikel: \"3\"\n    doorvoertermijn: P31D", 17, "stromen[0].doorvoertermijn", "hoogstens 30 dagen"},
		"too many people":          {`artikel: "3"`, "artikel: \"3\"\n    maximumDeelnemers: 21", 17, "stromen[0].maximumDeelnemers", "hoogstens 20"},
		"log reason":               {"[rechtmatigheid]", "[nieuwsgierigheid]", 25, "logdoelen[0]", "geen bekend logdoel"},
		"empty":                    {"titel: Een proef", "titel:", 3, "titel", "is leeg"},
		"not a text":               {"titel: Een proef", "titel: [a]", 3, "titel", "een tekst"},
		"decimal":                  {"versie: 1", "versie: 1.5", 2, "versie", "geheel getal"},
		"twice":                    {"titel: Een proef", "titel: Een proef\ntitel: Nog een", 4, "titel", "meer dan één keer"},
		"anchor":                   {"titel: Een proef", "titel: &a Een proef", 3, "", "ankers"},
		"alias":                    {"titel: Een proef", "titel: *a", 3, "", "ankers"},
		"merge key":                {"versie: 1", "<<: {versie: 1}", 2, "", "ankers"},
		"tag":                      {"titel: Een proef", "titel: !!str Een proef", 3, "", "typeaanduidingen"},
		"complex key":              {"titel: Een proef", "? titel\n: Een proef", 3, "", "samengestelde"},
		"number as key":            {"titel: Een proef", "titel: Een proef\n1: x", 4, "", "geen tekst"},
		"police on the AVG":        {"van: {rol: school, functies: [veiligheidscoordinator]}\n    naar: {rol: politie, functies: [wijkagent]}", "van: {rol: politie, functies: [wijkagent]}\n    naar: {rol: school, functies: [veiligheidscoordinator]}", 21, "stromen[0].grondslagen[0]", "politiegegeven"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := convenant.ParseYAML([]byte(with(t, c.old, c.new)))
			var list fault.List
			if !errors.As(err, &list) {
				t.Fatalf("error %v, want a list of faults", err)
			}
			for _, f := range list {
				if f.Line == c.line && f.Column > 0 && f.Place == c.place && strings.Contains(f.Message, c.message) {
					return
				}
			}
			t.Errorf("%v\nwant line %d, %s: %s", list, c.line, c.place, c.message)
		})
	}
}

// A check-op-bekendheid on the WGS asks with data that identify somebody; content comes after it.
func TestABasisCanBeForSomeCategoriesOnly(t *testing.T) {
	_, err := convenant.ParseYAML([]byte(flowOf("check-op-bekendheid", "gemeente/toegang-jeugd", "politie/wijkagent", "wgs-1-7-8", "[signaal, identiteit]")))
	if err == nil || !strings.Contains(err.Error(), "stromen[0].gegevens[0]") || strings.Contains(err.Error(), "gegevens[1]") {
		t.Errorf("error %v, want one about the signaal, and none about the identiteit", err)
	}
}

// Everything wrong is told at once.
func TestAllFaultsAtOnce(t *testing.T) {
	text := strings.NewReplacer("signaal, identiteit", "signal, identiteid", "avg-6-1-e", "avg", "versie: 1", "versie: nul", "P5Y", "P").Replace(small)
	_, err := convenant.ParseYAML([]byte(text))
	var list fault.List
	if !errors.As(err, &list) || len(list) != 5 {
		t.Errorf("%d faults: %v", len(list), err)
	}
}

func TestFaultsNeverRepeatTheValue(t *testing.T) {
	const secret = "jan-jansen"
	for _, old := range []string{"signaal, identiteit", "avg-6-1-e", "vaste-contactpersoon", "P5Y", "soort: signaal", "2028-12-31", "rechtmatigheid", "wijkagent", "proef\nversie: 1"} {
		_, err := convenant.ParseYAML([]byte(with(t, old, secret)))
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("instead of %q: %v", old, err)
		}
	}
}

func TestRefusedTexts(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":        "",
		"only a comment": "# niets",
		"a list":         "- a\n- b",
		"two documents":  small + "---\n" + small,
		"directive":      "%YAML 1.2\n---\n" + small,
		"not UTF-8":      "convenant: \xff",
		"too long":       small + strings.Repeat("# x\n", 1<<17),
		"deep brackets":  "convenant: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"deep dashes":    strings.Repeat("- ", 5000) + "a",
		"syntax":         "convenant: {a",
		"tabs":           "convenant:\n\t- a",
	} {
		if _, err := convenant.ParseYAML([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		} else if len(err.Error()) > 4000 {
			t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
		}
	}
}
