package tell_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		tell.And(nil):                     "",
		tell.And([]string{"a"}):           "a",
		tell.And([]string{"a", "b", "c"}): "a, b en c",
		tell.Or([]string{"a", "b"}):       "a of b",
		tell.Kind("signaal"):              "een signaal",
		tell.Basis("wpg-20"):              "Wpg, artikel 20",
		tell.Basis("onzin"):               "onzin",
		tell.Term("P7D"):                  "7 dagen",
		tell.Term("gauw"):                 "gauw",
		tell.Day("2027-03-01"):            "1 maart 2027",
		tell.Day("morgen"):                "morgen",
		tell.Article("3 en 4"):            "artikel 3 en 4",
		tell.Article("Wpg, artikel 4"):    "Wpg, artikel 4",
		tell.Capital("de school"):         "De school",
		tell.Capital(""):                  "",
		tell.Party(convenant.Side{Role: "school", SchoolTypes: []vocabulary.SchoolType{"vo", "mbo"}}): "de school (vo of mbo)",
		tell.Party(convenant.Side{Role: "halt"}):                                                      "Halt",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestConditionsInWords(t *testing.T) {
	for want, c := range map[string]convenant.Condition{
		"Vanaf fase 2":                 {Code: "fase-minimaal", Parameter: float64(2)},
		"Hoogstens 5 vragen":           {Code: "gericht", Parameter: float64(5)},
		"Alleen 12 tot en met 17 jaar": {Code: "leeftijdsgroep", Parameter: []any{"12-17"}},
		"Hoogstens 3 per 7 dagen":      {Code: "maximum", Parameter: map[string]any{"aantal": float64(3), "per": "P7D"}},
		"Wpg-besluit":                  {Code: "wpg-besluit"},
		"volle-maan":                   {Code: "volle-maan"},
		"Meldcode tot en met stap 5":   {Code: "meldcode-stappen", Parameter: float64(5)},
		"Werkdagen van 8 tot 18 uur":   {Code: "kantooruren"},
		"Verzuim vanaf een drempel: luxe verzuim of 3 dagen achter elkaar": {Code: "verzuimdrempel", Parameter: []any{"luxe-verzuim", "3-dagen-achtereen"}},
	} {
		if got := tell.Condition(c); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	if got := tell.Conditions([]convenant.Condition{{Code: "wpg-besluit"}, {Code: "proportioneel"}}); got[0] != "Wpg-besluit" || got[1] != "proportioneel" {
		t.Errorf("in a sentence: %q", got)
	}
}
