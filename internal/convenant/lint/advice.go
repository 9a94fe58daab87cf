package lint

import (
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// help says what to do about a fault in a field, by the last name of its place. The lists of words are those of `sluis words`.
var help = map[string]string{
	"soort":              "de soorten staan in: sluis words soorten",
	"doelen":             "kies een doel dat bovenaan bij doelen staat; alle doelen: sluis words doelen",
	"grondslagen":        "vraag uw privacyfunctionaris welke grondslag past; alle grondslagen: sluis words grondslagen",
	"gegevens":           "de categorieën staan in: sluis words gegevens",
	"functies":           "de functies staan in: sluis words functies",
	"voorwaarden":        "schrijf de naam, of {naam: waarde}; de voorwaarden staan in: sluis words voorwaarden",
	"kaartsleutel":       "neem over wat sluis party show bij Kaartsleutel toont, of gebruik sluis convenant keys",
	"oin":                "een OIN heeft 20 cijfers en staat tussen aanhalingstekens",
	"regie":              "zet hier het OIN van de gemeente, tussen aanhalingstekens, en noem haar bij partijen",
	"geldig":             "schrijf {van: 2027-01-01, tot: 2028-12-31}",
	"van":                "schrijf {rol: school, functies: [veiligheidscoordinator]}",
	"naar":               "schrijf {rol: politie, functies: [wijkagent]}",
	"rol":                "kies een rol, zoals school, politie, gemeente, halt of veilig-thuis",
	"versie":             "begin met 1, en tel er bij elke nieuwe versie 1 bij op",
	"convenant":          "kies een naam als gouda-school-en-veiligheid: kleine letters, cijfers en streepjes",
	"artikel":            "noem het artikel van uw convenant of de bladzijde waar dit staat",
	"reactietermijn":     "schrijf P1D (1 dag), P7D (7 dagen), PT4H (4 uur) of 5 werkdagen",
	"doorvoertermijn":    "schrijf PT72H (72 uur) of P3D (3 dagen)",
	"bewaartermijnAudit": "schrijf P5Y (5 jaar)",
	"logdoelen":          "schrijf [rechtmatigheid, interne-controle, beveiliging]",
	"partijen":           "schrijf per partij: - {oin: \"…\", rol: school, kaartsleutel: \"sha-256=:…:\"}",
	"stromen":            "schrijf per stroom een blok dat begint met - id:",
	"soortOnderwijs":     "kies uit po, vo, vso, pro en mbo",
	"inwerking":          "schrijf alle, of per-partij",
	"x25519":             "laat deze regel weg, tenzij een partij nog geen nieuwe sleutels kan gebruiken",
	"regels":             "haal de regels weg als u ze niet nodig hebt, of vraag wie ze schreef",
}

// advice says what to do about a fault. A fault that asks "bedoelt u …?" has said it.
func advice(f fault.Fault) string {
	if strings.Contains(f.Message, "bedoelt u") {
		return ""
	}
	if strings.Contains(f.Message, "is geen bekend veld") {
		return "haal dit veld weg, of kijk hoe het in het voorbeeld heet"
	}
	switch { // of the whole, before it can be read
	case strings.Contains(f.Message, "UTF-8"):
		return "bewaar het bestand opnieuw en kies daarbij de codering UTF-8"
	case strings.Contains(f.Message, "YAML"):
		return "vergelijk deze regel en die erboven met het voorbeeld: inspringing met spaties, een spatie na elke dubbele punt, elk haakje en aanhalingsteken gesloten"
	case strings.HasPrefix(f.Message, "er zijn nog"):
		return "los eerst op wat hieronder staat"
	case strings.HasPrefix(f.Message, "ankers"):
		return "schrijf voluit wat er moet staan, of zet een tekst die met & of * begint tussen aanhalingstekens"
	}
	parts := strings.Split(f.Place, ".")
	if parts[0] == "geldig" { // van and tot of a term are days, not people
		return help["geldig"]
	}
	for i := len(parts) - 1; i >= 0; i-- { // the innermost name that there is help for
		name, _, _ := strings.Cut(parts[i], "[")
		if text := help[name]; text != "" {
			return text
		}
	}
	return "vergelijk met het voorbeeld in docs/gemeente"
}
