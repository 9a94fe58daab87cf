package changes_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/changes"
)

func guide(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/gemeente/voorbeeld/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func parse(t testing.TB, text string) *convenant.Convenant {
	t.Helper()
	c, err := convenant.ParseYAML([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSentences changes the convenant of the guide in one way each, and wants the direction and the sentence. The same change the other
// way round goes the other direction.
func TestSentences(t *testing.T) {
	for _, c := range []struct {
		old, now  string
		direction changes.Direction
		sentence  string
	}{
		{"gegevens: [identiteit, gedrag, incident]", "gegevens: [identiteit, gedrag, incident, verzuim]", changes.OnlyMore,
			"De school mag de politie bij een antwoord op een informatieverzoek voortaan ook verzuim geven (artikel 4; Wet voortgezet onderwijs 2020, artikel 3.40)."},
		{"gegevens: [identiteit, gedrag, incident]", "gegevens: [identiteit]", changes.OnlyLess, "niet meer gedrag of incident geven"},
		{"{gericht: 5}", "{gericht: 3}", changes.OnlyLess, "geldt voortaan: hoogstens 3 vragen; dat was: hoogstens 5 vragen"},
		{"{leeftijdsgroep: [12-17]}", "{leeftijdsgroep: [12-17, 18-22]}", changes.OnlyMore, "alleen 12 tot en met 17 jaar of 18 tot en met 22 jaar"},
		{"{leeftijdsgroep: [12-17]}", "{leeftijdsgroep: [18-22]}", changes.Both, "alleen 18 tot en met 22 jaar"},
		{"[vaste-contactpersoon, {leeftijdsgroep: [12-17]}, proportioneel]", "[vaste-contactpersoon, {leeftijdsgroep: [12-17]}]", changes.OnlyMore, "vervalt de voorwaarde: proportioneel"},
		{"{fase-minimaal: 2}", "{fase-minimaal: 3}", changes.OnlyLess, "geldt voortaan: vanaf fase 3; dat was: vanaf fase 2"},
		{`"00000099000000080000", rol: halt`, `"00000099000000080000", rol: ggd`, changes.Both, "doet voortaan mee als GGD, en niet meer als Halt"},
		{"beveiliging]\n", "beveiliging]\nregels: |\n  package convenant\n", changes.OnlyLess, "krijgt eigen regels"},
		{"grondslagen: [avg-6-1-d, avg-6-1-e]", "grondslagen: [avg-6-1-d]", changes.OnlyLess, "kan niet meer rusten op AVG, artikel 6 lid 1 onder e"},
		{"reactietermijn: PT1H", "reactietermijn: PT2H", changes.Same, "voortaan binnen 2 uur te reageren; dat was 1 uur"},
		{"    reactietermijn: PT1H\n", "", changes.Same, "niet meer binnen een vaste tijd"},
		{"    reactietermijn: PT1H\n", "    reactietermijn: PT1H\n    doorvoertermijn: PT24H\n", changes.Same, "wacht voortaan hoogstens 24 uur"},
		{"    reactietermijn: PT1H\n", "    reactietermijn: PT1H\n    maximumDeelnemers: 4\n", changes.OnlyMore, "aan 4 mensen per ontvanger"},
		{`artikel: "5; Sr, artikel 77e"`, `artikel: "8"`, changes.Same, "staat voortaan in artikel 8; dat was artikel 5; Sr, artikel 77e"},
		{"van: 2026-01-01", "van: 2026-02-01", changes.OnlyLess, "Geldt van 1 februari 2026 tot en met 31 december 2029"},
		{"tot: 2029-12-31", "tot: 2030-12-31", changes.OnlyMore, "tot en met 31 december 2030"},
		{"P5Y", "P6Y", changes.Same, "voortaan 6 jaar bewaard; dat was 5 jaar"},
		{"xQRtRHTvzFyNNKtQMEoAF6zSiPe69Y16l6RgP2qKY3Q=", strings.Repeat("A", 43) + "=", changes.Same, "Halt (OIN 00000099000000080000) krijgt een andere kaartsleutel. Controleer"},
		{"regie: \"00000099000000010000\"", "inwerking: per-partij\nregie: \"00000099000000010000\"", changes.OnlyMore, "voor elke partij die tekende"},
		{"regie: \"00000099000000010000\"", "x25519: toegestaan\nregie: \"00000099000000010000\"", changes.OnlyMore, "oudere sleutels"},
		{"regie: \"00000099000000010000\"", "regie: \"00000099000000020000\"", changes.Same, "De regie gaat van OIN 00000099000000010000 naar OIN 00000099000000020000."},
		{"samenwerkingsverband: Veilige school", "samenwerkingsverband: Veilig", changes.Both, "Wpg-besluiten op de oude naam"},
		{"logdoelen: [rechtmatigheid, ", "logdoelen: [strafprocedure, rechtmatigheid, ", changes.Same, "voortaan ook gekeken worden voor: strafrechtelijke procedure"},
		{"veilige-school: een veilig klimaat", "veilige-school: een fijn klimaat", changes.Same, "Het doel veilige-school staat er voortaan als"},
		{"titel: Afspraken", "titel: Nieuwe afspraken", changes.Same, "De titel is voortaan: Nieuwe afspraken"},
		{"convenant: school-politie-halt", "convenant: ander", changes.Both, "twee verschillende convenanten"},
		{"functies: [medewerker]}\n    naar: {rol: politie, functies: [wijkagent, ", "functies: [medewerker, casusregisseur]}\n    naar: {rol: politie, functies: [", changes.Both, "Ook de casusregisseur mag voortaan sturen: een terugkoppeling van Halt aan de politie"},
		{"naar: {rol: halt, functies: [medewerker]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]", "naar: {rol: halt, functies: [casusregisseur]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]", changes.Both, "De medewerker mag niet meer krijgen: een signaal"},
		{"van: {rol: school, functies", "van: {rol: school, soortOnderwijs: [vo], functies", changes.OnlyLess, "mag niet meer elke school sturen, alleen een school voor voortgezet onderwijs"},
	} {
		text := guide(t)
		if !strings.Contains(text, c.old) {
			t.Fatalf("the guide holds no %s", c.old)
		}
		before, after := parse(t, text), parse(t, strings.Replace(text, c.old, c.now, 1))
		got := changes.Between(before, after)
		said := slices.ContainsFunc(got.List, func(one changes.Change) bool { return strings.Contains(one.Sentence, c.sentence) })
		if got.Direction != c.direction || !said {
			t.Errorf("%s → %s: %s, %+v", c.old, c.now, got.Direction, got.List)
		}
		opposite := map[changes.Direction]changes.Direction{changes.OnlyMore: changes.OnlyLess, changes.OnlyLess: changes.OnlyMore, changes.Both: changes.Both, changes.Same: changes.Same}
		if back := changes.Between(after, before); back.Direction != opposite[c.direction] || len(back.List) == 0 {
			t.Errorf("back again, %s → %s: %s, %+v", c.now, c.old, back.Direction, back.List)
		}
	}
}

// TestNothingChanged: the same text in another layout changes nothing.
func TestNothingChanged(t *testing.T) {
	got := changes.Between(parse(t, guide(t)), parse(t, "# anders\n"+guide(t)))
	if got.Direction != changes.Same || len(got.List) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestFlowsFollowOneAnother: by id, else by kind and roles; another kind under an old id is another flow.
func TestFlowsFollowOneAnother(t *testing.T) {
	renamed := strings.Replace(guide(t), "id: signaal-school-halt", "id: iets-anders", 1)
	if got := changes.Between(parse(t, guide(t)), parse(t, renamed)); got.Direction != changes.Same {
		t.Errorf("a flow with another name: %+v", got.List)
	}
	other := strings.Replace(guide(t), "soort: signaal\n    van: {rol: politie", "soort: notificatie\n    van: {rol: politie", 1)
	got := changes.Between(parse(t, guide(t)), parse(t, other))
	if got.Direction != changes.Both || !strings.Contains(got.List[0].Sentence, "De politie mag Halt voortaan een notificatie van een maatregel sturen") && !strings.Contains(got.List[0].Sentence, "De politie mag Halt voortaan een notificatie sturen") ||
		got.List[1].Sentence != "De politie mag Halt geen signaal meer sturen (artikel 5; Besluit politiegegevens, artikel 4:2)." {
		t.Errorf("another kind: %+v", got.List)
	}
}

// TestTheOrderOfFlowsIsNoChange: two flows of one kind between the same roles are told apart by their id.
func TestTheOrderOfFlowsIsNoChange(t *testing.T) {
	const first = "  - id: crisismelding-school-politie\n"
	start := strings.Index(guide(t), first)
	end := start + strings.Index(guide(t)[start:], "PT1H\n") + len("PT1H\n")
	flow := guide(t)[start:end]
	other := strings.NewReplacer("id: crisismelding-school-politie", "id: andere", "gegevens: [signaal, incident, identiteit]", "gegevens: [signaal, identiteit]").Replace(flow)
	one, two := strings.Replace(guide(t), flow, flow+other, 1), strings.Replace(guide(t), flow, other+flow, 1)
	two = strings.Replace(two, "versie: 1", "versie: 2", 1)
	if got := changes.Between(parse(t, one), parse(t, two)); len(got.List) != 0 {
		t.Errorf("%+v", got.List)
	}
}

// TestWhoJoinsAndLeaves also holds the order: what may be shared first, then parties, then the rest.
func TestWhoJoinsAndLeaves(t *testing.T) {
	text := strings.NewReplacer(`{oin: "00000099000000080000", rol: halt`, `{oin: "00000099000000990000", rol: halt`, "P5Y", "P7Y", "titel: A", "titel: B", "versie: 1", "versie: 2").Replace(guide(t))
	got := changes.Between(parse(t, guide(t)), parse(t, text))
	var said []string
	for _, one := range got.List {
		said = append(said, string(one.Group)+": "+one.Sentence)
	}
	want := []string{"partijen: Halt (OIN 00000099000000990000) doet voortaan mee.", "partijen: Halt (OIN 00000099000000080000) doet niet meer mee.",
		"termijnen: Het auditspoor wordt voortaan 7 jaar bewaard; dat was 5 jaar."}
	if got.Direction != changes.Both || len(said) != 4 || !slices.Equal(said[:3], want) || !strings.HasPrefix(said[3], "overig: De titel") {
		t.Errorf("%s: %q", got.Direction, said)
	}
}
