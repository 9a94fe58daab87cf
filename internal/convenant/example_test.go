package convenant_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/policies"
)

// small is a whole convenant on one page, to change in tests.
const small = `convenant: proef
versie: 1
titel: Een proef
samenwerkingsverband: School & Veiligheid
belang: een veilige school
geldig: {van: 2025-01-01, tot: 2028-12-31}
regie: "00000099000000010000"
partijen:
  - {oin: "00000099000000010000", rol: gemeente, kaartsleutel: "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"}
  - {oin: "00000099000000020000", rol: politie, kaartsleutel: "sha-256=:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:"}
  - {oin: "00000099000000030000", rol: school, kaartsleutel: "sha-256=:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=:"}
doelen:
  veilige-school: een veilig klimaat
stromen:
  - id: signaal
    artikel: "3"
    soort: signaal
    van: {rol: school, functies: [veiligheidscoordinator]}
    naar: {rol: politie, functies: [wijkagent]}
    doelen: [veilige-school]
    grondslagen: [avg-6-1-e]
    gegevens: [signaal, identiteit]
    voorwaarden: [vaste-contactpersoon, {fase-minimaal: 2}]
bewaartermijnAudit: P5Y
logdoelen: [rechtmatigheid]
`

func parse(t testing.TB, text string) *convenant.Convenant {
	t.Helper()
	c, err := convenant.ParseYAML([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// with gives the small convenant with one piece of text replaced.
func with(t testing.TB, old, new string) string {
	t.Helper()
	if !strings.Contains(small, old) {
		t.Fatalf("the small convenant does not hold %q", old)
	}
	return strings.Replace(small, old, new, 1)
}

func denBosch(t testing.TB) []byte {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/denbosch-school-en-veiligheid/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestExample(t *testing.T) {
	c := parse(t, string(denBosch(t)))
	if c.ID != "denbosch-school-en-veiligheid" || c.Version != 1 || len(c.Parties) != 10 || c.PerParty || c.X25519 {
		t.Errorf("%s %d with %d parties", c.ID, c.Version, len(c.Parties))
	}
	flows := c.FlowsFor("signaal", "school", "politie")
	if len(flows) != 1 || flows[0].TransitTerm != "PT72H" || flows[0].MaxPeople != 3 || flows[0].Article != "3 en 4; Wet voortgezet onderwijs 2020, artikel 3.40" {
		t.Errorf("flows %+v", flows)
	}
	if again := c.FlowsFor("signaal", "school", "politie"); &again[0] != &flows[0] {
		t.Error("another slice for the same question")
	}
	if c.FlowsFor("signaal", "school", "school") != nil {
		t.Error("schools signal to one another")
	}
	if phase := flows[0].Conditions[1]; phase.Code != "fase-minimaal" || phase.Parameter != 2.0 {
		t.Errorf("condition %+v", phase)
	}
	if !strings.Contains(string(denBosch(t)[:80]), "VOORBEELD") {
		t.Error("the example does not say that it is one")
	}
}
