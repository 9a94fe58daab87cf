package message_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestValidateTellsAllFaultsInDutch: each kind of fault, its place and its sentence; together, never with the value.
func TestValidateTellsAllFaultsInDutch(t *testing.T) {
	person := `{"naam":"` + secret + `","geboortedatum":"2009-02-03"}`
	tests := map[string]struct {
		kind vocabulary.Kind
		body string
		want []string
	}{
		"missing": {"informatieverzoek", `{"betrokkenen":[` + person + `]}`,
			[]string{"redenVanDeVraag: ontbreekt", "vragen: ontbreekt"}},
		"unknown, wrong type, empty": {"informatieverzoek", `{"betrokkenen":[` + person + `],"vragen":["` + secret + `",1,""],"redenVanDeVraag":null,"verdenking":"` + secret + `"}`,
			[]string{
				"redenVanDeVraag: moet een tekst zijn", "verdenking: is geen bekend veld van deze soort bericht",
				"vragen[1]: moet een tekst zijn", "vragen[2]: is leeg",
			}},
		"too long, too few, twice": {"informatieverzoek", `{"betrokkenen":[],"vragen":["a","a"],"redenVanDeVraag":"` + strings.Repeat("é", 1001) + `"}`,
			[]string{
				"betrokkenen: heeft te weinig regels: minstens 1", "redenVanDeVraag: is te lang: hoogstens 1000 tekens",
				"vragen: regel 1 en regel 2 zijn gelijk",
			}},
		"formats": {"inschrijvingsvraag", `{"betrokkenen":[{"naam":"x","geboortedatum":"3-2-2009","bsn":"123456789"}]}`,
			[]string{
				"betrokkenen[0].bsn: moet een burgerservicenummer van negen cijfers zijn; controleer of u het goed hebt overgenomen",
				"betrokkenen[0].geboortedatum: moet een datum zijn zoals 2012-03-31",
			}},
		"not one of, pattern, too few fields": {"correctie", `{"bericht":"` + secret + `","wat":"` + secret + `","reden":"x","juist":{}}`,
			[]string{
				"bericht: heeft niet de goede vorm: Het id van het eerdere bericht: een UUIDv7 in kleine letters.",
				"juist: is leeg: vul minstens 1 veld in",
				"wat: moet één zijn van: gecorrigeerd, ingetrokken",
			}},
		"too many": {"inschrijvingsvraag", `{"betrokkenen":[` + strings.Repeat(person+",", 10) + person + `]}`,
			[]string{"betrokkenen: heeft te veel regels: hoogstens 10"}},
		"a moment": {"crisismelding", `{"betrokkenen":[],"gevaar":"x","tijdstip":"nu","plaats":"x","watIsGedaan":"x","watIsNodig":"x","alarmnummerGebeld":"ja"}`,
			[]string{"alarmnummerGebeld: moet true of false zijn", "tijdstip: moet een tijdstip zijn zoals 2026-11-21T10:00:00Z"}},
		"a long unknown name": {"inschrijvingsvraag", `{"betrokkenen":[` + person + `],"` + strings.Repeat("x", 50) + `":1}`,
			[]string{"(lange naam): is geen bekend veld van deze soort bericht"}},
		"an unknown name that is no word": {"inschrijvingsvraag", `{"betrokkenen":[` + person + `],"\u001b[2J\u0007":1,"Noor Voorbeeld":2}`,
			[]string{"(onbekende naam): is geen bekend veld van deze soort bericht", "(onbekende naam): is geen bekend veld van deze soort bericht"}},
		"field twice":            {"inschrijvingsvraag", `{"betrokkenen":[],"betrokkenen":[]}`, []string{"betrokkenen: staat er meer dan één keer"}},
		"no object":              {"signaal", `[]`, []string{"moet een object zijn"}},
		"no JSON":                {"signaal", `{`, []string{"is geen geldige JSON (bij byte 1)"}},
		"too deep":               {"signaal", strings.Repeat("[", 50) + strings.Repeat("]", 50), []string{"is te diep genest"}},
		"no such kind, in words": {"briefkaart", `{}`, []string{"soort: voor deze soort bericht kent deze versie van Sluis nog geen inhoud: kies een andere soort"}},
		"no such kind":           {secret, `{}`, []string{"soort: voor deze soort bericht kent deze versie van Sluis nog geen inhoud: kies een andere soort"}},
		"empty input":            {"signaal", ``, []string{"is geen geldige JSON (bij byte 0)"}},
		"kop in a body":          {"inschrijvingsvraag", `{"kop":{},"betrokkenen":[` + person + `]}`, []string{"kop: is geen bekend veld van deze soort bericht"}},
		"null is absent":         {"inschrijvingsvraag", `{"betrokkenen":null}`, []string{"betrokkenen: moet een lijst zijn"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := message.DefaultSchemas().Validate(test.kind, []byte(test.body))
			var list fault.List
			if !errors.As(err, &list) {
				t.Fatalf("got %v, want a fault.List", err)
			}
			var got []string
			for _, f := range list {
				got = append(got, f.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if strings.Contains(err.Error(), secret) {
				t.Error("a fault holds the value that was sent")
			}
		})
	}
}

func TestCategories(t *testing.T) {
	for name, test := range map[string]struct {
		kind vocabulary.Kind
		body string
		want []vocabulary.Category
	}{
		"only who":         {"inschrijvingsvraag", `{"betrokkenen":[{"naam":"a","geboortedatum":"2009-02-03"}]}`, []vocabulary.Category{"identiteit"}},
		"sections":         {"informatieantwoord", `{"antwoorden":[{"gedrag":"a"},{"verzuim":"b","schoolresultaten":"c"},{"geenAntwoord":"niet-nodig"}]}`, []vocabulary.Category{"gedrag", "schoolresultaten", "verzuim"}},
		"null is nothing":  {"informatieantwoord", `{"antwoorden":[{"gedrag":null}]}`, nil},
		"empty is nothing": {"informatieantwoord", `{"betrokkenen":[],"antwoorden":[]}`, nil},
		"false is there":   {"zorgmelding", `{"veiligheid":{"acuutOnveilig":false}}`, []vocabulary.Category{"thuissituatie"}},
		"nothing personal": {"correctie", `{"bericht":"x","wat":"ingetrokken"}`, nil},
	} {
		got, err := message.DefaultSchemas().Categories(test.kind, []byte(test.body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestCategoriesOfWhatNobodyKnows: a field that the schema does not have may hold anything, so it is a fault.
func TestCategoriesOfWhatNobodyKnows(t *testing.T) {
	for body, want := range map[string]string{
		`{"geheim":"x"}`:                        "geheim",
		`{"geheim":null}`:                       "geheim",
		`{"betrokkenen":[{"schoenmaat":44}]}`:   "betrokkenen[0].schoenmaat",
		`{"betrokkenen":"Noor"}`:                "betrokkenen",
		`{"betrokkenen":{"naam":"Noor"}}`:       "betrokkenen",
		`{"betrokkenen":[["Noor"]]}`:            "betrokkenen[0]",
		`{"betrokkenen":[{"naam":{"a":"b"}}]}`:  "betrokkenen[0].naam",
		`{"betrokkenen":[{"naam":["a","b"]}]}`:  "betrokkenen[0].naam",
		`{"betrokkenen":[],"betrokkenen":null}`: "betrokkenen",
		`nee`:                                   "",
	} {
		_, err := message.DefaultSchemas().Categories("inschrijvingsvraag", []byte(body))
		if diff := cmp.Diff([]string{want}, places(t, err)); diff != "" {
			t.Errorf("%s:\n%s", body, diff)
		}
	}
}

// FuzzValidate: no panic, only faults; and what is valid has categories that are all in the vocabulary.
func FuzzValidate(f *testing.F) {
	kinds := message.DefaultSchemas().Kinds()
	for i, kind := range kinds {
		for _, body := range examples(f, kind) {
			f.Add(i, body)
		}
	}
	f.Add(0, []byte(`{"a":{"a":{"a":[[[{}]]]}}}`))
	f.Fuzz(func(t *testing.T, i int, body []byte) {
		kind := kinds[uint(i)%uint(len(kinds))]
		err := message.DefaultSchemas().Validate(kind, body)
		if err != nil {
			if !errors.As(err, new(fault.List)) {
				t.Fatalf("%v is no fault.List", err)
			}
			return
		}
		if !json.Valid(body) {
			t.Fatal("valid by the schema, but no JSON")
		}
		categories, err := message.DefaultSchemas().Categories(kind, body)
		if err != nil {
			t.Fatalf("valid, but without categories: %v", err)
		}
		for _, c := range categories {
			if !vocabulary.Default().HasCategory(c) {
				t.Fatalf("%s is no category", c)
			}
		}
	})
}
