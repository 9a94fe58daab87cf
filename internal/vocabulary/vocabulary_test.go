package vocabulary_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The lists that the design names, whole.
var promised = map[string]string{
	"rollen": "school politie rvdk veilig-thuis gemeente leerplicht halt ggd gi om veiligheidshuis jongerenwerk",
	"functies": "veiligheidscoordinator zorgcoordinator schoolleiding verzuimcoordinator aansluiting wijkagent schoolcontactpersoon " +
		"jeugdcoordinator raadsonderzoeker adviesteam casusregisseur medewerker-veilig-thuis convenantbeheerder expert-wijkveiligheid " +
		"toegang-jeugd leerplichtambtenaar medewerker privacyfunctionaris partijbeheerder",
	"onderwijssoorten": "po vo vso pro mbo",
	"soorten": "inschrijvingsvraag inschrijvingsantwoord informatieverzoek informatieantwoord check-op-bekendheid " +
		"check-op-bekendheid-uitslag signaal zorgmelding terugkoppeling verzoek-tot-onderzoek notificatie consultvraag consultadvies " +
		"verzuimmelding opschaling crisismelding correctie wisseling-contactpersoon",
	"doelen": "veilige-school hulp-en-zorg bescherming-jeugdige verzuim-terugdringen voorkomen-strafbare-feiten " +
		"handhaven-openbare-orde uitvoering-maatregel vitaal-belang opsporing",
	"grondslagen": "avg-6-1-c avg-6-1-d avg-6-1-e wmo-5-2-6 wmo-4-1-1-2-e wmo-4-1-1-2-g bw-1-240 jeugdwet-7-3-11-4 jeugdwet-2-4 " +
		"besluit-politiegegevens-4-2-1-f besluit-politiegegevens-4-2-1-i besluit-politiegegevens-4-2-1-j wpg-19 wpg-20 leerplichtwet-21a " +
		"wgs-1-7-8 toestemming",
	"gegevens": "inschrijving contactgegevens-school contactgegevens-ouders identiteit verzuim schoolresultaten gedrag incident " +
		"ondersteuning thuissituatie signaal groepsverband beeldmateriaal politiegegevens justitiele-maatregel gezondheid strafrechtelijk",
	"voorwaarden": "vaste-contactpersoon fase-minimaal ouders-geinformeerd meldcode-stappen wpg-besluit proportioneel subsidiair gericht " +
		"leeftijdsgroep verzuimdrempel anoniem na-hit maximum kantooruren vier-ogen",
	"verklaringen": "oudersGeinformeerd oudersNietInformerenVeiligheid achttienPlus proportioneel subsidiair meldcodeStap1 meldcodeStap2 " +
		"meldcodeStap3 meldcodeStap4 meldcodeStap5 redelijkVermoeden otsLoopt gegevensWpg8of13 noodzakelijkVoorTaak toestemming " +
		"verzuimdrempelGehaald nietInOnderzoek",
	"themas":           "verzuim pesten wapens drugs ronselen criminele-uitbuiting loverboy radicalisering seksueel-grensoverschrijdend geweld overig",
	"leeftijdsgroepen": "0-11 12-17 18-22",
	"verzuimdrempels": "16-uur-in-4-weken 3-dagen-achtereen meer-dan-9-keer-te-laat luxe-verzuim thuiszitter-4-weken ziek-15-dagen " +
		"ziek-3-keer-per-trimester",
	"redenen": "geen-vaste-contactpersoon fase-te-laag ouders-niet-geinformeerd meldcode-onvolledig wpg-besluit-ontbreekt wpg-besluit-dekt-niet " +
		"niet-afgewogen te-veel-vragen leeftijd-buiten-stroom verzuim-onder-drempel betrokkene-niet-toegestaan geen-hit quotum-bereikt " +
		"buiten-kantooruren tweede-akkoord-ontbreekt onbekend-convenant convenant-niet-van-kracht partij-niet-in-convenant " +
		"stroom-niet-toegestaan doel-niet-toegestaan doel-is-opsporing grondslag-niet-toegestaan categorie-niet-toegestaan " +
		"functie-niet-bevoegd kaart-verlopen sleutel-ingetrokken crisis-zonder-motivering antwoord-op-onbekend-bericht " +
		// and those of the decision records
		"kaartsleutel-niet-gepind grondslag-niet-onderbouwd zaak-niet-van-u te-veel-deelnemers niets-te-corrigeren correctie-te-ruim " +
		"antwoord-onder-ander-convenant envelop-zegt-te-veel regel-van-het-convenant voorwaarde-onbekend",
	"urgenties": "regulier spoed crisis",
	"logdoelen": "rechtmatigheid interne-controle beveiliging strafprocedure",
}

func TestDefaultHoldsWhatWasPromised(t *testing.T) {
	v := vocabulary.Default()
	for list, codes := range promised {
		want := strings.Fields(codes)
		slices.Sort(want)
		if got := slices.Sorted(slices.Values(v.Codes(list))); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", list, got, want)
		}
	}
}

func TestFunctionsOfARole(t *testing.T) {
	v := vocabulary.Default()
	for _, c := range []struct {
		role     vocabulary.Role
		function vocabulary.Function
		want     bool
	}{
		{"school", "veiligheidscoordinator", true},
		{"school", "wijkagent", false},
		{"politie", "wijkagent", true},
		{"leerplicht", "leerplichtambtenaar", true},
		{"leerplicht", "aansluiting", false},
		{"halt", vocabulary.FunctionPrivacyOfficer, true},
		{"gemeente", vocabulary.FunctionConvenantAdmin, true},
		{"bakker", vocabulary.FunctionPartyAdmin, false},
	} {
		if got := v.HasFunction(c.role, c.function); got != c.want {
			t.Errorf("%s/%s: %v", c.role, c.function, got)
		}
	}
	if got := v.FunctionsOf("leerplicht"); !slices.Equal(got, []string{"leerplichtambtenaar", "partijbeheerder", "privacyfunctionaris"}) {
		t.Errorf("functions of leerplicht: %v", got)
	}
}

func TestKinds(t *testing.T) {
	v := vocabulary.Default()
	answer, ok := v.Kind("informatieantwoord")
	if !ok || !slices.Equal(answer.Answers, []vocabulary.Kind{"informatieverzoek"}) || !answer.AboutPerson {
		t.Errorf("informatieantwoord: %+v", answer)
	}
	if consult, _ := v.Kind("consultvraag"); !consult.Anonymous || consult.AboutPerson {
		t.Errorf("consultvraag: %+v", consult)
	}
	if _, ok := v.Kind("briefkaart"); ok {
		t.Error("briefkaart is a kind")
	}
	if !v.NeverAllowed("opsporing") || v.NeverAllowed("veilige-school") || !v.HasPurpose("opsporing") {
		t.Error("opsporing is known and never allowed, and nothing else is")
	}
}

func TestBases(t *testing.T) {
	v := vocabulary.Default()
	zorg, _ := v.Basis("wmo-5-2-6")
	if !zorg.FitsRoles("school", "veilig-thuis", "zorgmelding") || zorg.FitsRoles("school", "politie", "zorgmelding") {
		t.Error("wmo-5-2-6 is for Veilig Thuis only")
	}
	if report, answer := zorg.StatementsFor("zorgmelding"), zorg.StatementsFor("informatieantwoord"); len(report) != 6 || len(answer) != 1 {
		t.Errorf("a zorgmelding states %v, an answer to Veilig Thuis %v", report, answer)
	}
	consent, _ := v.Basis("toestemming")
	if consent.FitsRoles("gemeente", "politie", "signaal") || !consent.FitsRoles("school", "gemeente", "signaal") {
		t.Error("consent is no basis between public bodies, and can be one for a school")
	}
	vital, _ := v.Basis("avg-6-1-d")
	if !vital.FitsRoles("school", "politie", "crisismelding") || vital.FitsRoles("school", "politie", "signaal") {
		t.Error("avg-6-1-d is for crises only")
	}
	for code, want := range map[vocabulary.Basis]string{"wpg-19": "zaak", "wpg-20": "samenwerkingsverband", "avg-6-1-e": "", "besluit-politiegegevens-4-2-1-f": ""} {
		b, ok := v.Basis(code)
		if !ok || b.Decision != want || b.PoliceData != (want != "" || strings.HasPrefix(string(code), "besluit-")) {
			t.Errorf("%s: %+v", code, b)
		}
	}
}

func TestWords(t *testing.T) {
	v := vocabulary.Default()
	for code, want := range map[string]string{"veiligheidscoordinator": "veiligheidscoördinator", "signaal": "signaal", "fase-2": "fase 2, substantieel (oranje)", "zomaar": "zomaar"} {
		if got := v.Label(code); got != want {
			t.Errorf("label of %s: %s", code, got)
		}
	}
	if v.RolePhrase("politie").NL != "de politie" || v.WhoKnows("verzuim") != "leerplichtambtenaar" || v.WhoKnows("signaal") != "" {
		t.Error("phrases of police and absence")
	}
	if _, ok := v.PhaseAdvice(4); ok {
		t.Error("there is no phase 4")
	}
	first, _ := v.Reason("onbekend-convenant")
	later, ok := v.Reason("fase-te-laag")
	if !ok || later.Rank <= first.Rank {
		t.Error("reasons are not ranked in the order of the file")
	}
}

func TestSuggest(t *testing.T) {
	codes := vocabulary.Default().Codes("functies")
	for written, want := range map[string]string{
		"wijkagnet": "wijkagent", "wijkagent": "wijkagent", "veiligheidscoördinator": "veiligheidscoordinator", "bakker": "", "": "",
		strings.Repeat("wijkagent", 9): "",
	} {
		if got := vocabulary.Suggest(written, codes); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
}
