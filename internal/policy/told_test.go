package policy_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// What somebody reads who is refused: what is not allowed, on which article, and what to do.
func TestReasonsAsTheyAreTold(t *testing.T) {
	told := []struct {
		convenant, flow string
		spoil           func(*policy.Facts)
		want            policy.Reason
	}{
		{denBosch, "zorgmelding-school-veilig-thuis", func(f *policy.Facts) { f.Stated.Statements["redelijkVermoeden"] = false }, policy.Reason{
			Code:    "grondslag-niet-onderbouwd",
			Text:    `Voor de grondslag "informatie aan Veilig Thuis (Wmo 2015)" moet u meer verklaren dan u deed.`,
			Advice:  "Verklaar, alleen als het waar is, dat er een redelijk vermoeden is. Is het niet waar, vraag dan uw privacyfunctionaris wat u wel mag delen.",
			Article: "Wmo 2015, artikel 5.2.6"}},
		{denBosch, "signaal-politie-halt", func(f *policy.Facts) { f.Stated.AgeGroup = nil }, policy.Reason{
			Code:    "leeftijd-buiten-stroom",
			Text:    "De leeftijd van de jongere valt buiten wat hier is afgesproken.",
			Advice:  "Wel: 12 tot en met 17 jaar. Vraag uw privacyfunctionaris wie er voor deze leeftijd is.",
			Article: "convenant, artikel 7; Besluit politiegegevens"}},
		{"leerplicht-regio", "verzuimmelding-school-ggd", func(f *policy.Facts) { delete(f.Stated.Statements, "verzuimdrempelGehaald") }, policy.Reason{
			Code:    "verzuim-onder-drempel",
			Text:    "U hebt niet verklaard dat een drempel voor verzuim is gehaald.",
			Advice:  "Een melding mag vanaf: meer dan 15 dagen ziek of meer dan 3 keer ziek in een trimester. Bespreek het verzuim eerst met de jongere en de ouders. Vraag de leerplichtambtenaar.",
			Article: "convenant, bijlage 4 (ziekteverzuim); Wet publieke gezondheid, artikel 5; Leerplichtwet 1969, artikel 21a"}},
		{"landelijk-jeugdketen", "verzoek-gemeente-rvdk", func(f *policy.Facts) { clear(f.Stated.Statements) }, policy.Reason{
			Code:    "niet-afgewogen",
			Text:    "U hebt niet verklaard dat u niet meer deelt dan nodig is voor het doel en het doel niet op een minder ingrijpende manier te bereiken is.",
			Advice:  "Weeg af wat de ontvanger echt nodig heeft en of het met minder kan, laat de rest weg, en verklaar dat u dat deed. Vraag bij twijfel uw privacyfunctionaris.",
			Article: "convenant, bijlage 1 (CORV); 1.1; AVG, artikel 5 lid 1 onder c; Wpg, artikel 3"}},
		{"landelijk-jeugdketen", "informatieverzoek-veilig-thuis-ggd", func(f *policy.Facts) { f.Established.Case.Checked = false }, policy.Reason{
			Code:    "geen-hit",
			Text:    "Er is in deze zaak nog geen check op bekendheid beantwoord.",
			Advice:  "Vraag eerst de GGD met een check op bekendheid of de jongere daar bekend is. Deel daarna pas inhoud.",
			Article: "convenant, Wmo 2015, artikel 4.1.1 lid 2 onder b; 2.4"}},
		{"landelijk-jeugdketen", "zorgmelding-halt-veilig-thuis", func(f *policy.Facts) { f.Stated.Statements["meldcodeStap4"] = false }, policy.Reason{
			Code:    "meldcode-onvolledig",
			Text:    "De stappen van de meldcode zijn nog niet allemaal gezet.",
			Advice:  "Zet eerst de stappen tot en met stap 5. Vraag de aandachtsfunctionaris van uw organisatie.",
			Article: "convenant, bijlage 1 (CORV, Veilig Thuis); Besluit verplichte meldcode huiselijk geweld en kindermishandeling"}},
		{"landelijk-jeugdketen", "informatieverzoek-veilig-thuis-school", func(f *policy.Facts) {
			f.Established.Convenant.InForce, f.Established.Recipient.Signed = false, false
		}, policy.Reason{
			Code:   "convenant-niet-van-kracht",
			Text:   "Dit convenant is nu niet van kracht: de handtekening van de school ontbreekt of is ingetrokken.",
			Advice: "Een versie geldt als de partijen hebben getekend en binnen de looptijd. Vraag het de gemeente, die de regie heeft."}},
		{"landelijk-jeugdketen", "informatieverzoek-veilig-thuis-school", func(f *policy.Facts) {
			f.Established.Convenant.InForce, f.Established.Sender.Signed = false, false
		}, policy.Reason{
			Code:   "convenant-niet-van-kracht",
			Text:   "Dit convenant is nu niet van kracht: de handtekening van uw organisatie ontbreekt of is ingetrokken.",
			Advice: "Een versie geldt als de partijen hebben getekend en binnen de looptijd. Vraag het de gemeente, die de regie heeft."}},
		{denBosch, "zorgmelding-school-veilig-thuis", func(f *policy.Facts) { f.Established.Convenant.InForce = false }, policy.Reason{
			Code:   "convenant-niet-van-kracht",
			Text:   "Dit convenant is nu niet van kracht.",
			Advice: "Een versie geldt als de partijen hebben getekend en binnen de looptijd. Vraag het de gemeente, die de regie heeft."}},
		{denBosch, "zorgmelding-school-veilig-thuis", func(f *policy.Facts) {
			newer := 3
			f.Established.Convenant.InForce, f.Established.Convenant.ReplacedBy = false, &newer
		}, policy.Reason{
			Code: "convenant-niet-van-kracht",
			Text: "Dit convenant is nu niet van kracht: er is een nieuwere versie, versie 3.",
			Advice: "Kies versie 3, als die nu geldt: wat u onder de oude versie niet hebt kunnen sturen, maakt u opnieuw. Een versie geldt als de partijen hebben getekend en " +
				"binnen de looptijd. Vraag het de gemeente, die de regie heeft."}},
		{denBosch, "signaal-school-politie", func(f *policy.Facts) { f.Established.Sender.OnCard = false }, policy.Reason{
			Code:   "functie-niet-bevoegd",
			Text:   "Volgens de kaart hoort de functie in dit bericht niet bij u zelf.",
			Advice: "Kies een functie die op de kaart staat. Klopt de kaart niet, vraag het dan de partijbeheerder."}},
		{denBosch, "signaal-school-politie", func(f *policy.Facts) { f.Established.Sender.OnCard = false }, policy.Reason{
			Code:    "geen-vaste-contactpersoon",
			Text:    "Dit mag alleen tussen vaste contactpersonen, en volgens de kaart is dat niet zo bij u zelf.",
			Advice:  "Laat dit bericht sturen door iemand met de functie schoolleiding, veiligheidscoördinator of zorgcoördinator. Klopt de kaart niet, vraag het dan de partijbeheerder.",
			Article: "convenant, artikel 3 en 4; Wet voortgezet onderwijs 2020, artikel 3.40"}},
		{denBosch, "signaal-school-politie", func(f *policy.Facts) { f.Established.Recipient.People = []policy.AddresseeFacts{} }, policy.Reason{
			Code:    "geen-vaste-contactpersoon",
			Text:    "Dit mag alleen tussen vaste contactpersonen, en volgens de kaart is dat niet zo bij de politie.",
			Advice:  "Kies een ontvanger met de functie schoolcontactpersoon van de politie of wijkagent. Klopt de kaart niet, vraag het dan de partijbeheerder.",
			Article: "convenant, artikel 3 en 4; Wet voortgezet onderwijs 2020, artikel 3.40"}},
	}
	e := engine(t)
	for _, c := range told {
		t.Run(c.flow+"/"+string(c.want.Code), func(t *testing.T) {
			of := readExample(t, c.convenant)
			flow := of.Flows[slices.IndexFunc(of.Flows, func(f convenant.Flow) bool { return f.ID == c.flow })]
			from, _ := sideOf(of, flow.From, "")
			to, _ := sideOf(of, flow.To, from.oin)
			f := throughFlow(of, flow, flow.Bases[0], from, to)
			c.spoil(&f)
			d, err := e.Decide(context.Background(), f)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(d.Reasons, func(r policy.Reason) bool { return r.Code == c.want.Code })
			if i < 0 {
				t.Fatalf("reasons %v, none is %s", d.Reasons, c.want.Code)
			}
			if diff := cmp.Diff(c.want, d.Reasons[i]); diff != "" {
				t.Error(diff)
			}
		})
	}
}
