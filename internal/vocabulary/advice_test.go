package vocabulary_test

import (
	"regexp"
	"testing"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Whoever hears no hears what may be done instead, and whom to ask: in every advice, also when nothing is known to fill it with, and in
// both languages.
func TestAdviceNamesWhomToAsk(t *testing.T) {
	ask := map[string]*regexp.Regexp{"nl": regexp.MustCompile(`(?i)\b(vraag|overleg)\b`), "en": regexp.MustCompile(`(?i)\b(ask|consult)\b`)}
	whom := map[string]*regexp.Regexp{
		"nl": regexp.MustCompile(`(?i)privacyfunctionaris|partijbeheerder|gemeente|aandachtsfunctionaris|leerplichtambtenaar|veiligheidscoördinator|Veilig Thuis|de ander\b|een partij|collega|…`),
		"en": regexp.MustCompile(`(?i)privacy officer|party administrator|municipality|meldcode officer|attendance officer|safety coordinator|Veilig Thuis|the other\b|a party|colleague|ask yours|…`),
	}
	v := vocabulary.Default()
	for _, code := range v.Codes("redenen") {
		info, _ := v.Reason(vocabulary.Reason(code))
		for language, advice := range map[string]string{"nl": info.Advice.NL, "en": info.Advice.EN} {
			bare := vocabulary.Fill(advice, nil) // … stands for a recipient, whose name the facts always give
			if !ask[language].MatchString(bare) || !whom[language].MatchString(bare) {
				t.Errorf("%s, %s: who can be asked? %q", code, language, bare)
			}
			if len(bare) < 40 {
				t.Errorf("%s, %s: what may be done instead? %q", code, language, bare)
			}
		}
	}
}
