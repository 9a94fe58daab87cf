package vocabulary_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestFill(t *testing.T) {
	values := map[string]string{"wie": "de politie", "wat": "verzuim", "leeg": ""}
	for template, want := range map[string]string{
		"Niet met {wie}.":                     "Niet met de politie.",
		"{wie} niet.":                         "De politie niet.",
		"[Wel: {wat}. ]Vraag het.":            "Wel: verzuim. Vraag het.",
		"[Wel: {leeg}. ]Vraag het.":           "Vraag het.",
		"[Wel: {wat} en {niets}. ]Vraag het.": "Vraag het.",
		"Een [klein ]woord.":                  "Een klein woord.",
		"Iets van {leeg}.":                    "Iets van ….",
		"[{leeg}]":                            "",
		"":                                    "",
	} {
		if got := vocabulary.Fill(template, values); got != want {
			t.Errorf("%q: %q, want %q", template, got, want)
		}
	}
}

// Whatever the values, no template syntax is left in a sentence.
func TestFillLeavesNoSyntax(t *testing.T) {
	v := vocabulary.Default()
	codes := v.Codes("redenen")
	rapid.Check(t, func(t *rapid.T) {
		info, _ := v.Reason(vocabulary.Reason(rapid.SampledFrom(codes).Draw(t, "reason")))
		template := rapid.SampledFrom([]string{info.Sentence.NL, info.Sentence.EN, info.Advice.NL, info.Advice.EN}).Draw(t, "template")
		values := map[string]string{}
		for _, name := range vocabulary.Placeholders(template) {
			if rapid.Bool().Draw(t, name) {
				values[name] = "waarde"
			}
		}
		if got := vocabulary.Fill(template, values); strings.ContainsAny(got, "{}[]") || got == "" {
			t.Fatalf("%q", got)
		}
	})
}
